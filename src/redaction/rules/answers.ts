import type { Rule } from './rule.ts';
import { isPlaceholderValue, looksRandom } from './value.ts';

const real = (secret: string): boolean => !isPlaceholderValue(secret);
const letterAndDigit = (secret: string): boolean => real(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret);
/** One word that a program or a person made up: no path, file, address or document. */
const drawn = (secret: string): boolean =>
  real(secret) &&
  /\d|[!#$%^&*+?~]/.test(secret) &&
  /[A-Za-z]/.test(secret) &&
  !/^[[{<(/]|^\w+:\/\/|\.\w{1,5}$/.test(secret);
/** Forty characters of base64 with all kinds of letters in them, and no digest. */
const awsSecret = (secret: string): boolean =>
  /[a-z]/.test(secret) && /[A-Z]/.test(secret) && /\d/.test(secret) && looksRandom(secret, 40);

/** Commands whose only answer is a secret. */
const readers = [
  'ssm get-parameter ', 'secretsmanager get-random-password', 'get-login-password', 'get-authorization-token', 'keyvault secret show ', 'get-access-token', 'secrets versions access ', 'print-access-token', 'print-identity-token', 'print-refresh-token',
  'kubectl get secret', 'oc get secret', 'kubectl create token ', 'oc whoami -t', 'oc whoami --show-token', 'oc extract ', 'vault kv get ', 'vault read ', 'vault print token', 'op read ', 'op item get ', 'bw get password ', 'bw unlock --raw', 'lpass show ', 'gopass show ', 'pass show ',
  'find-generic-password ', 'find-internet-password ', 'secret-tool lookup ', 'doppler secrets get ', 'chamber read ', 'credstash get ', 'heroku config:get ', 'heroku auth:token', 'gh auth token', 'terraform output ', 'tofu output ', 'pulumi config get ', 'pulumi stack output ',
  'etcdctl get ', 'consul kv get ', 'openssl rand ', 'pwgen', 'wg genkey', 'wg genpsk', 'keyctl print ', 'kcadm.sh get ', 'infisical secrets get ', 'fly auth token', 'flyctl auth token', 'doctl auth token', 'stripe config --list', 'printenv ', 'argocd-initial-admin-secret', 'initialAdminPassword', 'generate-secret', 'ansible-vault view ', 'ansible-vault decrypt ', 'sops -d ', 'sops decrypt ',
]; // prettier-ignore
const readerNames = readers.map((reader) => reader.trim().replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|');

/** What commands print that were asked for a secret: told by the question, for the answer has no name. */
export const answerRules: readonly Rule[] = [
  {
    id: 'secret',
    name: 'Answers of commands that read a secret',
    source: 'Manuals of the AWS, Azure, Google Cloud, Vault, 1Password, Kubernetes and other tools: the answer is the value alone',
    anchors: readers,
    pattern: new RegExp(`((?:${readerNames})[^\\n]{0,400}\\n)([^\\s"'\\\\]{6,4096})(?=%?(?:["'\\\\]|[ \\t]*(?:\\r?\\n|$)| \\())`, 'y'),
    accept: drawn,
    examples: {
      hidden: ['aws ssm get-parameter --name /db/pw --with-decryption --output text\n[[{A20}]]', 'vault kv get -field=password kv/db\n[[{A14}!]]\n$ ls', 'openssl rand -hex 16\n[[{x32}]]'],
      kept: ['aws ssm get-parameter --name x\n{\n', 'vault kv get kv/db\nError: no such path\n', 'kubectl get secret\nNAME   TYPE\n', 'printenv HOME\n/home/jane'],
    },
  },
  {
    id: 'secret',
    name: 'Values below their path in a key-value store',
    source: 'etcdctl get --prefix, redis-cli, zkCli: the key stands in a line of its own, its value in the next',
    anchors: ['password\n', 'passwd\n', 'secret\n', 'token\n', 'key\n', 'pass\n', 'pwd\n', 'passphrase\n', 'credential\n'],
    pattern:
      /((?<=(?:^|\n)(?:\d{1,4}\) "?)?\/?[\w.-]{1,60}(?:[/:][\w.-]{1,60}){0,8}[/:][\w.-]{0,40})(?:password|passwd|secret|token|key|pass|pwd|passphrase|credential)\n)([^\s"'/:\\]{8,512})(?=["'\\]|[ \t]*(?:\r?\n|$)| \()/iy,
    accept: (secret) => drawn(secret) && looksRandom(secret, 8) && !/^[a-z]+(?:[-_][a-z0-9]+)*$/.test(secret),
    examples: {
      hidden: ['/config/db/password\n[[{A18}]]\n', 'app:smtp:secret\n[[{A20}]]'],
      kept: ['src/auth/token\nsrc/auth/password\n', '/run/secrets/db_password\norders-db-7\n'],
    },
  },
  {
    id: 'secret',
    name: 'Values below their heading',
    source: 'Consoles that show a new key once, copied with its heading: "Secret access key", and the key in the next line',
    anchors: ['access key\n', 'secret key\n', 'client secret\n', 'api key\n', 'access token\n', 'app secret\n', 'consumer secret\n', 'private key\n', 'api secret\n', 'signing secret\n'],
    pattern:
      /((?:access key|secret key|client secret|api key|access token|app secret|consumer secret|private key|api secret|signing secret)\n[ \t>]{0,8})([A-Za-z0-9+/=_.~-]{16,512})(?=[ \t]*(?:\r?\n|$))/iy,
    accept: (secret) => drawn(secret) && looksRandom(secret, 16),
    examples: { hidden: ['Secret access key\n[[{b40}]]\n', 'Client secret\n[[{w40}]]'], kept: ['Rotate the access key\n\nSteps', 'API key\nconfiguration-of-the-service\n'] },
  },
  {
    id: 'aws-secret-key',
    name: 'AWS secrets beside their key id',
    source: 'AWS CLI, text output of create-access-key and assume-role; notes: the forty characters follow the id',
    anchors: ['AKIA', 'ASIA'],
    pattern: /((?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])[^\n]{1,80}?(?:\n[^\n]{0,40}?)?(?<![A-Za-z0-9+/_-]))([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=_-])/y,
    accept: awsSecret,
    examples: {
      hidden: ['ACCESSKEY\tAKIA{U16}\t2026-01-01T00:00:00+00:00\t[[{b40}]]\tActive', 'AKIA{U16} / [[{b40}]]', 'key AKIA{U16}:\n[[{b40}]]'],
      kept: ['AKIA{U16} commit {x40}', 'AKIA{U16} is revoked'],
    },
  },
  {
    id: 'connection-string',
    name: 'Keys of Azure storage accounts in a list',
    source: 'az storage account keys list: key1 and key2, FULL, 64 bytes in base64',
    anchors: ['FULL'],
    pattern: /((?<=key[12][^\n]{0,60}(?:\n[^\n]{0,40})?)FULL"?[\s,|]{1,40}(?:"value":\s?")?)([A-Za-z0-9+/]{86}==)/iy,
    examples: {
      hidden: ['key1       FULL           [[{b86}==]]', '"keyName": "key1",\n    "permissions": "FULL",\n    "value": "[[{b86}==]]"'],
      kept: ['FULL {b86}==', 'key1 FULL backup'],
    },
  },
  {
    id: 'password',
    name: 'New values of passwords that a tool reset',
    source: 'elasticsearch-reset-password and its like: "New value: …"',
    anchors: ['new value: ', 'new password: ', 'temporary password: ', 'generated password: ', 'initial password: '],
    pattern: /((?:new value|(?:new|temporary|generated|initial) password): ["'`]?)([^\s"'`\\]{8,128})(?=["'`\\]|[ \t.]{0,3}(?:\r?\n|$)| \()/iy,
    accept: (secret) => drawn(secret) && looksRandom(secret, 8),
    examples: { hidden: ['New value: [[{A20}]]', 'Temporary password: [[{A10}]]'], kept: ['New value: 42', 'new value: user-service-2'] },
  },
  {
    id: 'token',
    name: 'Keys in the place of a user',
    source: 'Freshdesk, Stripe, Mailgun, Toggl and others: curl -u KEY: or KEY:X, KEY:api_token',
    anchors: ['-u', '--user', '-a '],
    pattern: /((?<![\w-])(?:-u|--user|-a)[ =]?["']?)([A-Za-z0-9_-]{16,255})(?=:(?:[xX]|api_token|unused|apikey)?["']?(?:\s|$))/y,
    accept: (secret) => looksRandom(secret, 16),
    examples: { hidden: ['curl -u [[{A20}]]:X https://x', 'curl -u "[[{A32}]]:" https://x'], kept: ['docker run -u www-data-service-account: x'] },
  },
  {
    id: 'password',
    name: 'Application passwords of mail accounts',
    source: 'Google Account Help, "Sign in with app passwords"; Yahoo, Apple: four groups of four small letters',
    anchors: ['app password', 'app-password', 'app_password', 'apppassword', 'app-specific', 'app pw', 'anwendungspasswort', 'app-passwort', 'application password'],
    pattern: /((?:app(?:lication)?[-_ ]?(?:specific[-_ ])?(?:password|passwort|pw)|anwendungspasswort)["'`]?[ \t]{0,2}(?:is|ist|:|=|)[ \t]{0,2}["'`]?)([a-z]{4}[ -][a-z]{4}[ -][a-z]{4}[ -][a-z]{4}|(?=[a-z0-9 -]{0,19}\d)[a-z0-9]{4}(?:[ -][a-z0-9]{4}){3,5})(?![A-Za-z0-9])/iy,
    accept: (secret) => !/\b(?:that|this|with|from|have|been|will|must|only|when|your|some|sent)\b/i.test(secret),
    examples: { hidden: ['gmail app password: [[{a4} {a4} {a4} {a4}]]', 'app-specific password [[wxyz-qkvb-hrtz-plmk]]'], kept: ['app password that must have been sent', 'app password: none'] },
  },
  {
    id: 'password',
    name: 'An account and its password beside each other',
    source: 'How people note them: root / …, admin:…',
    anchors: ['root / ', 'admin / ', 'administrator / ', 'postgres / ', 'sa / ', 'deploy / ', 'guest / ', 'user / ', 'test / ', 'demo / ', 'oncall / ', 'support / ', 'backup / ', 'ubuntu / ', 'ec2-user / ', 'vagrant / ', 'jenkins / ', 'grafana / ', 'root:', 'admin:', 'administrator:', 'postgres:', 'sa:', 'ubuntu:', 'grafana:', 'guest:'],
    pattern: /((?<![\w/.-])(?:root|admin|administrator|postgres|sa|deploy|guest|user|test|demo|oncall|support|backup|ubuntu|ec2-user|vagrant|jenkins|grafana)["'`]?(?: \/ |:(?=[^\s:]{0,40}[!#$%^&*+?~A-Za-z]\d{1,3}[!#$%^&*+?~A-Za-z]))["'`]?)([^\s"'`,;<>()|/\\]{6,128})(?=["'`.,;)]{0,3}(?:\s|$)|["'\\])/iy,
    accept: (secret) => letterAndDigit(secret) && !/\.\w|^v?\d+[.:]/.test(secret) && (/[!#$%^&*+?~]/.test(secret) || (/[A-Z]/.test(secret) && /[a-z]/.test(secret) && looksRandom(secret, 8))),
    examples: { hidden: ['root / [[{A9}!]]', '- admin / [[{A12}]]', 'admin:[[{A9}!]] works'], kept: ['user / group', 'test / build-2', 'root / Filesystem'] },
  },
  {
    id: 'password',
    name: 'Passwords that were changed from one to another',
    source: 'How people and audit logs say it: password changed from … to …',
    anchors: ['changed from ', 'rotated from ', 'reset from ', 'switched from ', 'updated from ', 'geändert von '],
    pattern: /((?<=(?:password|passwd|passwort|pw|secret|token|key|passphrase|credentials?)[\w ]{0,30} )(?:changed|rotated|reset|switched|updated|geändert) (?:from|von) ["'`]?)([^\s"'`,;]{6,200}["'`]? (?:to|auf|in) ["'`]?[^\s"'`,;]{6,200})/iuy,
    accept: (secret) => secret.split(/["'`]? (?:to|auf|in) ["'`]?/).some((each) => !/^[A-Z]+-?\d+$/.test(each) && (looksRandom(each, 8) || (letterAndDigit(each) && /[!#$%^&*+?~]/.test(each)))),
    examples: { hidden: ['postgres pw changed from [[{A12} to {A12}]]'], kept: ['token ttl changed from 30 minutes to 60 minutes', 'key size changed from RSA-2048 to RSA-4096'] },
  },
  {
    id: 'key',
    name: 'Keys and tokens in other languages',
    source: 'What keys and tokens are called in German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian, Chinese, Japanese, Korean',
    anchors: ['schlüssel', 'schluessel', 'clé ', 'cle ', 'clés ', 'jeton', 'clave ', 'llave ', 'chave ', 'chiave ', 'ficha ', 'sleutel', 'klucz', 'ключ', 'токен', '密钥', '密鑰', '令牌', 'トークン', 'キー', '토큰', '비밀키', 'geheimnis', 'segreto', 'secreto', 'segredo'],
    pattern:
      /((?:schl(?:ü|ue)ssel|cl[ée]s?|jeton|clave|llave|chave|chiave|ficha|sleutel|klucz|ключ|токен|密钥|密鑰|令牌|トークン|キー|토큰|비밀키|geheimnis|segreto|secreto|segredo)(?:[ \t'’](?:[\p{L}'’-]{1,14})){0,4}["'”»`]?[ \t]?(?:[:=：＝]|は|是|为|為| (?:ist|lautet|est|es|é|è|to|is))[ \t]{0,2}["'“«`]?)([A-Za-z0-9][A-Za-z0-9+/=_.~-]{15,512})(?=[.,;]?(?:[\s"'”»`]|です|$))/iuy,
    accept: (secret) => looksRandom(secret, 16) && !/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(secret),
    examples: {
      hidden: ['clé secrète: [[{A32}]]', 'chave secreta: [[{A32}]]', 'API-Schlüssel: [[{A32}]]', "clé d'API : [[{A32}]]", '密钥：[[{A32}]]', 'トークン: [[{A24}]]'],
      kept: ['Schlüssel: orders_pkey', 'clé primaire: order_id', 'chave: 4711'],
    },
  },
]; // prettier-ignore
