import type { Rule } from './rule.ts';
import { isPlaceholderValue } from './value.ts';

const real = (secret: string): boolean =>
  !isPlaceholderValue(secret) && !/^(?:\/|\.\/|~\/|none$|password$)/i.test(secret);
const mixed = (secret: string): boolean => /\d/.test(secret) && /[A-Za-z]/.test(secret) && real(secret);

/** Whether base64 of a PEM's head is that of a private key. */
const tellsPrivateKey = (head: string): boolean =>
  Buffer.from(head, 'base64').toString('latin1').includes('PRIVATE KEY');

/** Secrets in files and dialogues of programs whose syntax is neither assignment nor URL. */
export const configurationRules: readonly Rule[] = [
  {
    id: 'password',
    name: 'Passwords in .pgpass',
    source: 'PostgreSQL documentation, "The Password File": hostname:port:database:username:password',
    anchors: [':5432:', ':5433:', ':5434:', ':6432:', ':26257:', ':*:'],
    pattern: /(:(?:\d{4,5}|\*):[^:\s]{1,64}:[^:\s/]{1,64}:)((?:\\:|[^:\s]){3,200})(?=\s|$)/y,
    accept: real,
    examples: {
      hidden: ['db.internal:5432:orders:app:[[{A14}]]', '*:*:*:postgres:[[{A9}!x]]'],
      kept: ['db.internal:5432:orders:app:*', 'tcp:10.0.0.5:5432:', 'arn:*:s3:*:x'],
    },
  },
  {
    id: 'password',
    name: 'Passwords in directives of servers',
    source: 'redis.conf, HAProxy, Squid, Cisco IOS, Dovecot, Slurm: the word after the directive',
    anchors: [
      'requirepass',
      'masterauth',
      'insecure-password',
      'snmp-server community',
      'enable secret',
      'enable password',
      'stats auth',
      'digest:',
      'password 7 ',
      'password 0 ',
      'secret 5 ',
      'secret 9 ',
      'pre-shared-key',
      'key-string',
      'community ',
    ],
    pattern:
      /((?<![A-Za-z0-9])(?:requirepass["']?\s{1,4}|masterauth["']?\s{1,4}|insecure-password\s{1,4}|snmp-server community\s|enable (?:secret|password)(?: \d)?\s|stats auth\s{1,4}[^\s:]{1,60}:|digest:[A-Za-z0-9_.-]{1,60}:|(?:password|secret) [0-9]\s|pre-shared-key(?: \d| ascii-text| address \S{1,40} key)?\s|key-string(?: \d)?\s)["']?)([^\s"'<>;]{4,200})/iy,
    accept: (secret) => mixed(secret) || /[^A-Za-z0-9.-]/.test(secret),
    examples: {
      hidden: [
        'requirepass [[{A24}]]',
        'stats auth admin:[[{A12}]]',
        'user jane insecure-password [[{A12}]]',
        'snmp-server community [[{A10}]] RO',
        'enable secret 5 [[$1${A4}${A22}]]',
        'acl digest:app:[[{A20}]]',
        'username admin password 7 [[{X14}]]',
      ],
      kept: ['requirepass foobared', '# requirepass', 'snmp-server community public RO'],
    },
  },
  {
    id: 'password',
    name: 'Passwords of Redis users',
    source: 'Redis documentation, "ACL SETUSER": ">" before a password in clear text, "#" before its digest',
    anchors: ['user ', 'SETUSER'],
    pattern:
      /((?<![A-Za-z0-9])(?:user|SETUSER)"? "?[A-Za-z0-9_-]{1,40}"?(?: "?(?:on|off|resetpass|nopass|reset)"?){0,3} "?[>#])([^\s"]{4,200})/iy,
    examples: {
      hidden: ['ACL SETUSER app on >[[{A20}]] ~*', 'user app on >[[{A20}]] +@all'],
      kept: ['user app on ~*', 'user app > log'],
    },
  },
  {
    id: 'password',
    name: 'Passwords in dialogues of servers',
    source: 'RFC 959 and RFC 1939 (PASS), RESP (AUTH), RFC 3501 (LOGIN): commands in clear text',
    anchors: ['PASS ', 'AUTH ', '"AUTH"', 'LOGIN '],
    pattern:
      /((?<![A-Za-z0-9_-])(?:PASS |AUTH (?:default |[A-Za-z0-9_-]{1,30} )?|"AUTH" (?:"[A-Za-z0-9_-]{1,30}" )?|LOGIN "?[^\s"]{1,60}"? )["']?)([^\s"']{6,200})(?=["']?(?:\s|$))/my,
    accept: (secret) => mixed(secret) && !/[/\\]|\.\w{1,4}$|^\d+(?:\.\d+)*\w{0,3}$/.test(secret),
    examples: {
      hidden: [
        'PASS [[{A12}]]',
        'AUTH [[{A20}]]',
        'AUTH default [[{A20}]]',
        '[0 10.0.0.1:1] "AUTH" "[[{A20}]]"',
        'a1 LOGIN jane [[{A12}]]',
      ],
      kept: ['PASS test/unit/redaction.test.ts', 'PASS 12', 'AUTH LOGIN', 'AUTH failed'],
    },
  },
  {
    id: 'password',
    name: 'Secrets of directories in base64',
    source: 'RFC 2849 (LDIF): two colons before a value in base64: userPassword::, unicodePwd::, krbPrincipalKey::',
    anchors: [':: '],
    pattern:
      /((?<=(?:password|passwd|pwd|key|secret)(?:;[\w-]{1,24})?):: )([A-Za-z0-9+/]{6,4000}={0,2})(?![A-Za-z0-9+/:(<])/iy,
    examples: {
      hidden: ['userPassword:: [[{b20}]]', 'krbPrincipalKey:: [[{b60}]]'],
      kept: ['cn:: {b20}', 'trait Key:: {', 'impl Secret:: Item('],
    },
  },
  {
    id: 'basic-credentials',
    name: 'Credentials in dialogues of mail servers',
    source: 'RFC 4616 and RFC 4954: AUTH PLAIN takes base64; 334 UGFzc3dvcmQ6 asks for the password',
    anchors: ['AUTH PLAIN', 'SASL PLAIN', 'AUTH LOGIN', '334 UGFzc3dvcmQ6', 'AUTHENTICATE PLAIN', 'AUTH XOAUTH2'],
    pattern:
      /((?:(?:AUTH(?:ENTICATE)?|SASL) (?:PLAIN|LOGIN|XOAUTH2) |334 UGFzc3dvcmQ6\s{1,4}(?:[^\s]{1,24} ){0,2}(?:[A-Z]: |> |>>> )?))([A-Za-z0-9+/]{6,2000}={0,2})/iy,
    examples: {
      hidden: ['AUTH PLAIN [[{b32}]]', 'S: 334 UGFzc3dvcmQ6\nC: [[{b16}]]'],
      kept: ['AUTH PLAIN', '250-AUTH LOGIN PLAIN'],
    },
  },
  {
    id: 'authorization-code',
    name: 'Codes and verifiers of OAuth',
    source: 'RFC 6749, RFC 7636, RFC 8628: who has the code or the verifier gets the token',
    anchors: [
      'code=',
      'code_verifier',
      'device_code',
      'code":',
      'request_token',
      'oauth_verifier',
      'oauth_token',
      'ticket=',
      'nonce_key',
      'assertion=',
    ],
    pattern:
      /((?:(?<=[?&;\s])code=(?=4\/|\S{0,400}[&]|\S{40})|(?<![A-Za-z0-9])(?:code_verifier|device_code|authorization_code|request_token|oauth_verifier|oauth_token|client_assertion|assertion|(?<=[?&])ticket)\\*["']?\s{0,2}[=:]\s{0,2}\\*["']?|(?<=")code\\*":\s?\\*"))([A-Za-z0-9%/_.~+-]{16,4000}={0,2})/iy,
    accept: (secret) => mixed(secret) && !/^[A-Z_0-9]+$/.test(secret),
    examples: {
      hidden: ['/callback?code=[[4/0A{w70}]]&state=x', 'code_verifier=[[{w43}]]', '{"device_code":"[[{w43}]]"}'],
      kept: ['code=ECONNREFUSED', '{"code":"ERR_HTTP2_STREAM_CANCEL"}', '?code=200'],
    },
  },
  {
    id: 'saml-assertion',
    name: 'SAML messages',
    source: 'SAML 2.0 bindings, 3.4 and 3.5: the answer says who the user is, and is good for a login',
    anchors: ['SAMLResponse', 'SAMLRequest', 'SAMLart', 'wresult='],
    pattern:
      /((?:SAMLResponse|SAMLRequest|SAMLart|wresult)(?:\\*["']?\s{0,3}[=:]\s{0,3}\\*["']?|["'][^<>\n]{0,40}value=["']))([A-Za-z0-9%+/_-]{24,60000}={0,2})/y,
    examples: {
      hidden: ['SAMLResponse=[[{b200}%2B{b40}%3D]]&RelayState=x', '<input name="SAMLResponse" value="[[{b200}]]"'],
      kept: ['SAMLResponse is missing'],
    },
  },
  {
    id: 'jwk',
    name: 'Private members of JSON Web Keys',
    source: 'RFC 7518, 6.2.2, 6.3.2 and 6.4.1: d, p, q, dp, dq, qi and k are private',
    anchors: ['"d"', '"p"', '"q"', '"dp"', '"dq"', '"qi"', '"k"', '\\"d\\"', '\\"p\\"', '\\"q\\"', '\\"k\\"'],
    pattern: /(\\*"(?:d|p|q|dp|dq|qi|k)\\*"\s{0,3}:\s{0,3}\\*")([A-Za-z0-9_-]{22,1400})(?=\\*")/y,
    accept: (secret) => /\d/.test(secret) && /[A-Z]/.test(secret) && /[a-z]/.test(secret) && new Set(secret).size >= 14,
    examples: {
      hidden: ['{"kty":"EC","d":"[[{w43}]]"}', '{"kty":"oct","k":"[[{w43}]]"}'],
      kept: ['{"d":"M3.9,12c0,0-1.2,3z"}', '{"q":"search-for-all-orders-of-2026"}', '{"n":"{w43}"}'],
    },
  },
  {
    id: 'ansible-vault',
    name: 'Ansible vaults',
    source: 'Ansible documentation, "Vault format": the header, then hexadecimal digits, 80 a line',
    anchors: ['$ANSIBLE_VAULT;'],
    pattern:
      /(\$ANSIBLE_VAULT;[0-9.]{1,5};AES256?(?:;[\w-]{1,40})?(?:\s|\\n)+)([0-9a-f]{20,100}(?:(?:\s|\\n)+[0-9a-f]{20,100}){0,400})/y,
    examples: {
      hidden: ['$ANSIBLE_VAULT;1.1;AES256\n  [[{x80}\n  {x80}\n  {x40}]]'],
      kept: ['$ANSIBLE_VAULT;1.1;AES256'],
    },
  },
  {
    id: 'private-key',
    name: 'Keys between other marks',
    source: 'RFC 4716 (SSH2), OpenVPN static keys, minisign: blocks that PEM does not know',
    anchors: ['---- BEGIN SSH2 ', 'BEGIN OpenVPN Static key', 'RWRTY0Iy'],
    pattern:
      /((?:---- BEGIN SSH2 [A-Z ]{0,20}PRIVATE KEY ----|BEGIN OpenVPN Static key V\d-----)(?:\s|\\n)*(?:[A-Za-z-]{3,20}: [^\n]{0,80}\s{1,3}){0,4})([A-Za-z0-9+/=]{16,100}(?:(?:\s|\\n)+[A-Za-z0-9+/=]{8,100}){0,300})/y,
    examples: {
      hidden: [
        '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: "x"\n[[{b70}\n{b70}]]',
        '-----BEGIN OpenVPN Static key V1-----\n[[{x32}\n{x32}]]',
      ],
      kept: ['---- BEGIN SSH2 PUBLIC KEY ----\n{b70}'],
    },
  },
  {
    id: 'private-key',
    name: 'Keys without their head',
    source:
      'DER of RFC 5208, RFC 8017, RFC 5915, RFC 8410, RFC 7292 in base64: how private keys and key stores begin; minisign, signify; Java key stores (JKS, JCEKS)',
    anchors: [
      'IBADANBgkqhkiG9w0BAQEFAASC',
      'IBAAKC',
      'MHcCAQEE',
      'MIGkAgEB',
      'MIGHAgEAM',
      'MIG2AgEAM',
      'MC4CAQAwBQYDK2Vw',
      'IBAzCC',
      'BgkqhkiG9w0BBQ0w',
      'RWRTY0Iy',
      'RWRCSwAA',
      '/u3+7QAAAA',
      'zs7OzgAAAA',
    ],
    pattern:
      /(?:IBADANBgkqhkiG9w0BAQEFAASC|IBAAKC|MHcCAQEE|MIGkAgEB|MIGHAgEAM|MIG2AgEAM|MC4CAQAwBQYDK2Vw|IBAzCC|BgkqhkiG9w0BBQ0w|RWRTY0Iy|RWRCSwAA|\/u3\+7QAAAA|zs7OzgAAAA)[A-Za-z0-9+/]{30,8000}={0,2}(?:(?:\s{1,3}|\\n)[A-Za-z0-9+/]{20,80}={0,2}(?![A-Za-z0-9+/]))*/y,
    before: { characters: /[A-Za-z0-9+/]/, least: 0, most: 16 },
    accept: (secret) => /^(?:MI[A-Z]|MHcC|MC4C|RWR[TC]|\/u3|zs7O)/.test(secret),
    joinable: true,
    examples: {
      hidden: [
        'key: [[MIIEvQIBADANBgkqhkiG9w0BAQEFAASC{b200}=]]',
        'key=[[MIIEowIBAAKCAQEA{b300}]]',
        'p12: [[MIIKAAIBAzCC{b100}]]',
        'RWRTY0Iy{b200}=',
      ],
      kept: ['MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ'],
    },
  },
  {
    id: 'routing-key',
    name: 'Integration keys of PagerDuty and its like',
    source: 'PagerDuty documentation, "Events API": 32 hexadecimal digits; a routing key of AMQP is made of words',
    anchors: [
      'routing_key',
      'routing-key',
      'routingKey',
      'service_key',
      'serviceKey',
      'integration_key',
      'integrationKey',
    ],
    pattern:
      /((?:routing|service|integration)[_-]?key\\*["']?\s{0,3}[:=]\s{0,3}\\*["']?)([0-9a-z]{32})(?![0-9A-Za-z])/iy,
    accept: mixed,
    examples: {
      hidden: ['routing_key: [[{x32}]]', '"routingKey":"[[{x32}]]"', 'PAGERDUTY_ROUTING_KEY=[[{x32}]]'],
      kept: ['routing_key: orders.created', 'routingKey=x'],
    },
  },
  {
    id: 'basic-credentials',
    name: 'A user and a password as one value',
    source: 'etcdctl, Bundler, npm, Kafka schema registry: name:password in a variable or setting whose name says so',
    anchors: [
      'ETCDCTL_USER',
      'BUNDLE_',
      'npmAuthIdent',
      'USER_INFO',
      'user.info',
      'userInfo',
      '_CREDENTIALS',
      '_AUTH=',
      'basicAuth',
      'basic_auth',
      'http_auth',
      'REDISCLI_AUTH',
      'SSHPASS',
      'NEO4J_AUTH',
    ],
    pattern:
      /((?:ETCDCTL_USER|BUNDLE_[A-Z0-9_]{3,80}|npmAuthIdent|(?:AUTH_?)?USER_INFO|(?:auth\.)?user\.info|userInfo|_CREDENTIALS|_AUTH|basic_?Auth|http_auth|REDISCLI_AUTH|SSHPASS)\\*["']?\s{0,3}[:=]\s{0,3}\\*["']?(?:[^\s"':/=]{1,80}[:/])?)((?:[^\s"'/]|\/(?=[A-Za-z0-9+/]{6})){6,300})/iy,
    digitWithin: 2_000,
    accept: mixed,
    examples: {
      hidden: [
        'ETCDCTL_USER=root:[[{A12}]]',
        'BUNDLE_GEMS__ACME__IO: "ci:[[{A20}]]"',
        'npmAuthIdent: "ci:[[{A16}]]"',
        'basic.auth.user.info=key:[[{A24}]]',
        'basic.auth.user.info=key:[[{A20}/{A20}+{A20}]]',
        'NEO4J_AUTH=neo4j/[[{A16}]]',
        'SSHPASS=[[{A12}]] sshpass -e',
      ],
      kept: ['BUNDLE_PATH: "vendor/bundle"', 'BUNDLE_JOBS: "4"'],
    },
  },
  {
    id: 'authorization',
    name: 'Answers of digest authentication',
    source: 'RFC 7616, 3.4.1: a weak password is found from the response and the nonces beside it',
    anchors: ['response="', 'cnonce="'],
    pattern: /((?:response|cnonce)=\\*")([0-9a-zA-Z+/=]{16,128})(?=\\*")/y,
    accept: mixed,
    examples: { hidden: ['Digest username="x", response="[[{x32}]]"'], kept: ['response="ok"'] },
  },
  {
    id: 'vault-key',
    name: 'Unseal keys of Vault',
    source: 'vault operator init prints them by number',
    anchors: ['Unseal Key', 'Recovery Key', 'Root Token'],
    pattern:
      /((?:(?:Unseal|Recovery) Key \d{1,2}|Root Token)(?: \([^)\n]{1,30}\))?:\s{1,4})([A-Za-z0-9+/.=_-]{16,200})/iy,
    accept: mixed,
    examples: {
      hidden: ['Unseal Key 1: [[{b43}=]]', 'Initial Root Token: [[s.{A24}]]'],
      kept: ['Unseal Key 1: hidden'],
    },
  },
  {
    id: 'password',
    name: 'Passwords in braces',
    source: 'ODBC: {…} quotes a value with semicolons; Jenkins: {AQAAABAAAAA…} is encrypted under a key beside it',
    anchors: ['wd={', 'word={', '{AQAAABAAAA'],
    pattern: /((?:wd|word)=\{|\{(?=AQAAABAAAA))([^}{\n]{3,200})(?=\})/iy,
    accept: (secret) => real(secret) && !/^[$%]|\(|:\s/.test(secret),
    examples: {
      hidden: ['Pwd={[[{A8};{A8}]]};Encrypt=yes', '<password>{[[AQAAABAAAAAz{b40}=]]}</password>'],
      kept: ['password={password}', 'password={user.password()}'],
    },
  },
  {
    id: 'sonar-token',
    name: 'Tokens given as the login of SonarQube',
    source: 'SonarScanner documentation: sonar.login takes a token',
    anchors: ['sonar.login='],
    pattern: /(sonar\.login=["']?)([A-Za-z0-9_]{16,80})/y,
    accept: mixed,
    examples: { hidden: ['-Dsonar.login=[[{x40}]]'], kept: ['sonar.login=admin'] },
  },
  {
    id: 'private-key',
    name: 'Private keys in base64',
    source: 'Kubernetes secrets and kubeconfig: PEM in base64, whose head tells a private key from a certificate',
    anchors: ['LS0tLS1CRUdJTi'],
    pattern: /LS0tLS1CRUdJTi[A-Za-z0-9+/]{8,20000}={0,2}/y,
    glance: (text, at) => tellsPrivateKey(text.slice(at, at + 72)),
    accept: (secret) => tellsPrivateKey(secret.slice(0, 72)),
    joinable: true,
    examples: {
      hidden: ['client-key-data: [[LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ{b200}]]'],
      kept: ['LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t{b40}'],
    },
  },
  {
    id: 'rails-key',
    name: 'Master keys of Rails',
    source: 'Rails guide, "Custom credentials": 32 hexadecimal digits in config/master.key',
    anchors: ['master.key', '.key:', 'echo '],
    pattern:
      /((?:master)?\.key:?\s{1,4}|echo -?n? ?["']?(?=[0-9a-f]{32}["']? ?>{1,2} ?\S{0,80}\.key))([0-9a-f]{32})(?![0-9A-Za-z])/y,
    examples: {
      hidden: ['config/master.key:\n[[{x32}]]', 'echo [[{x32}]] > config/master.key'],
      kept: ['master.key is missing', 'echo {x32} > x.txt'],
    },
  },
];
