import type { Rule } from './rule.ts';
import { isPlaceholderValue } from './value.ts';

/** Neither a placeholder nor a port, a path, a flag or a word that stands for a password. */
const real = (secret: string): boolean =>
  !isPlaceholderValue(secret) &&
  !/^(?:password|pass|pwd|passwd|secret|token|prompt|stdin|-)$/i.test(secret) &&
  !/^\d{1,5}$/.test(secret) &&
  !/^(?:\.{0,2}|~)\/|^[A-Z]:\\|^(?:env|file|fd):/.test(secret);

/** What programs draw or people choose, and no word of the command itself. */
const mixed = (secret: string): boolean => /\d/.test(secret) && /[A-Za-z]/.test(secret) && real(secret);

/** A program's row: its short options take the secret as their argument. */
interface ProgramRow {
  readonly programs: readonly string[];
  readonly options: readonly string[];
  /** Whether the option may stand without a blank before its argument: `-pSECRET`. */
  readonly glued?: boolean;
  /** Set where the option means something else as often: the argument must then hold letters and digits. */
  readonly mixed?: boolean;
  readonly example: string;
  readonly kept: string;
}

const programRows: readonly ProgramRow[] = [
  {
    programs: ['mysql', 'mysqldump', 'mysqladmin', 'mysqlimport', 'mysqlsh', 'mysqlbinlog', 'mariadb', 'mariadb-dump', '7z', '7za', 'rar', 'unrar'],
    options: ['-p'], glued: true, mixed: true, example: 'mysql -u root -p[[{A12}]] orders', kept: 'mysql -u root -p orders2',
  },
  {
    programs: ['mongo', 'mongosh', 'mongodump', 'mongorestore', 'mongoexport', 'mongoimport', 'sshpass', 'docker login', 'podman login', 'nerdctl login', 'buildah login', 'skopeo login', 'crane auth login', 'oras login', 'helm registry login', 'twine upload', 'rdesktop', 'psexec', 'cqlsh', 'rabbitmqadmin', 'useradd', 'usermod', 'az login', 'az sql', 'az vm', 'az mysql', 'az postgres', 'az acr login', 'oc login', 'impala-shell', 'snowsql', 'snow sql', 'beeline', 'arangosh', 'winrs', 'plink', 'pscp', 'proxychains', 'lftp', 'svn', 'supabase link', 'supabase db', 'check_mysql', 'check_pgsql', 'check_mssql_health', 'youtube-dl', 'yt-dlp', 'cf login', 'ibmcloud login', 'sqlplus'],
    options: ['-p', '-P', '-pw', '--pass'], mixed: true, example: 'docker login -u ci -p [[{A20}]] registry.acme.io', kept: 'mongosh -p --quiet',
  },
  {
    programs: ['sqlcmd', 'bcp', 'osql', 'tsql', 'unzip'],
    options: ['-P'], glued: true, mixed: true, example: "sqlcmd -S db -U sa -P'[[{A12}]]'", kept: 'unzip -P -q x.zip y',
  },
  {
    programs: ['snmpget', 'snmpwalk', 'snmpset', 'snmpbulkwalk', 'snmptrap', 'snmptable'],
    options: ['-c', '-A', '-X'], mixed: true, example: 'snmpwalk -v2c -c [[{A10}]] h', kept: 'snmpwalk -v2c -c public h',
  },
  {
    programs: ['sqlcmd', 'bcp', 'osql', 'tsql', 'unzip', 'isql', 'zip', 'mosquitto_pub', 'mosquitto_sub', 'ipmitool', 'coap-client', 'dbaccess', 'signtool sign'],
    options: ['-P', '-A', '-X', '/p'], mixed: true, example: 'zip -P [[{A12}]] x.zip y', kept: 'zip -P -r x.zip y',
  },
  {
    programs: ['ldapsearch', 'ldapadd', 'ldapmodify', 'ldapdelete', 'ldappasswd', 'ldapwhoami', 'ldapcompare', 'kadmin', 'kadmin.local'],
    options: ['-w', '-s', '-a'], example: 'ldapsearch -D cn=admin -w [[{A12}]] -b dc=x', kept: 'ldapsearch -W -b dc=x',
  },
  {
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'http', 'https', 'xh', 'xhs', 'hey', 'memcached-tool'],
    options: ['-a', '--pass'], mixed: true, example: 'redis-cli -h cache -a [[{A16}]] ping', kept: 'redis-cli -h cache -p 6379',
  },
  {
    programs: ['openssl', 'dotnet nuget', 'nuget push', 'choco push', 'codecov', 'influx', 'sonar-scanner', 'curl-loader'],
    options: ['-k', '-K', '-t', '-ApiKey'], mixed: true, example: 'dotnet nuget push x -k [[{A43}]]', kept: 'openssl s_client -k',
  },
  {
    programs: ['ssh-keygen'], options: ['-N', '-P'], example: 'ssh-keygen -N "[[{A12}]]" -f id', kept: 'ssh-keygen -N "" -f id',
  },
]; // prettier-ignore

/** A program's name with its word: `helm registry login`. */
const longestProgram = 24;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

function programRule({ programs, options, glued, mixed: mustMix, example, kept }: ProgramRow): Rule {
  const names = programs.map(escaped).join('|');
  const flags = options.map(escaped).join('|');
  // The argument of a quoted option ends with its quote, so that it may hold blanks.
  const pattern = new RegExp(
    `((?:${names})(?: [^\\n|;&]{0,160}?)? (?:${flags})${glued === true ? '' : '[ =]'}(?:[^\\s"'\`:|;&]{1,60}:(?=[^/\\s]))?["']?)((?<=")[^"\\n]{3,128}|(?<=')[^'\\n]{3,128}|[^\\s"'|;&<>-][^\\s"'|;&]{2,512})`,
    'y',
  );
  return {
    id: 'password',
    name: `Passwords of ${programs[0] ?? ''} and its like`,
    source: `Manuals of ${programs.slice(0, 6).join(', ')}: ${options.join(', ')} take${options.length === 1 ? 's' : ''} a secret`,
    anchors: programs.map((program) => `${program} `),
    pattern,
    ahead: { literals: options.map((option) => ` ${option}`), within: longestProgram + 162 },
    accept: mustMix === true ? mixed : real,
    examples: { hidden: [example], kept: [kept] },
  };
}

/** Secrets among the arguments of programs, by the manuals of those. */
export const commandRules: readonly Rule[] = [
  ...programRows.map(programRule),
  {
    id: 'password',
    name: 'Passwords of curl, wget and httpie',
    source: 'curl manual, --user, --cert, --pass: user or file and password with a colon between',
    anchors: ['-u', '--user', '--proxy-user', '--cert ', '-E ', '-U ', '-A '],
    pattern:
      /((?<![A-Za-z0-9-])(?:-u|--user|--proxy-user|--cert|-E|-U|-A)[ =]?["']?[^\s:"'/\\%,]{1,100}(?:[:%]|(?<=lftp [^\n]{0,80}),))([^\s"'/\\][^\s"']{2,200})/y,
    accept: (secret) => real(secret) && !/^\d{1,5}$/.test(secret) && !/^[a-z-]+$/.test(secret),
    examples: {
      hidden: [
        "curl -u 'admin:[[{A12}]]' https://x",
        'curl --user svc:[[{A20}]] https://x',
        'curl -ujane:[[{A10}]] https://x',
        'smbclient -U jane%[[{A10}]]',
      ],
      kept: ['docker run -u 1000:1000 image', 'chown -u www-data:www-data'],
    },
  },
  {
    id: 'password',
    name: 'Passwords piped into a program',
    source:
      'docker login --password-stdin, sudo -S, chpasswd, kinit, passwd --stdin, gh auth login read the secret from a pipe',
    anchors: ['echo ', 'printf ', 'echo -n '],
    ahead: { literals: ['|'], within: 280 },
    pattern:
      /((?:echo(?: -n| -e)?|printf(?: '%s'| "%s")?) ["']?(?=[^|\n]{2,260}\|)(?:[\w.-]{1,60}:)?)([^\s"'|<>$`](?:[^\s"'|<>]| (?![ |"'])){2,200})(?=["']? ?\| ?(?:sudo -S|sudo (?:-\w+ )*(?:chpasswd|tee \/etc\/\S*pass)|chpasswd|kinit|passwd --stdin|docker login|podman login|helm registry login|gh (?:auth|secret)|openssl|vault |gpg --batch|cryptsetup|[^\n|]{0,80}--(?:password|pass|token)-stdin|[^\n|]{0,60}--passphrase-fd))/y,
    accept: real,
    examples: {
      hidden: [
        'echo [[{A20}]] | docker login -u ci --password-stdin',
        'echo "jane:[[{A10}]]" | chpasswd',
        "echo '[[{A10}]]' | sudo -S reboot",
      ],
      kept: ['echo $TOKEN | docker login -u ci --password-stdin', 'echo done | tee log'],
    },
  },
  {
    id: 'password',
    name: 'Passwords written into files of secrets',
    source: 'How shells write a file: echo … > path, where the path says what it holds',
    anchors: ['echo ', 'printf '],
    ahead: { literals: ['>'], within: 240 },
    pattern:
      /((?:echo(?: -n| -e)?|printf(?: '%s'| "%s")?) ["']?)([^\s"'|<>$`]{8,200})(?=["']? ?>{1,2} ?[\w./~-]{0,120}(?:secret|passw|pwd|token|key|cred)[\w.-]{0,40}(?:\s|$))/iy,
    accept: mixed,
    examples: {
      hidden: ['echo "[[{A16}]]" > /etc/ceph/secret', 'printf [[{A20}]] >> ~/.vault-token'],
      kept: ['echo $TOKEN > token', 'echo done-2 > out.log'],
    },
  },
  {
    id: 'password',
    name: 'Passwords in the arguments of an audited program',
    source: 'auditd, type EXECVE: each argument by itself; -p of mysql takes the password without a blank',
    anchors: ['="-p'],
    pattern: /((?<=a0="(?:[\w/]{0,60}\/)?(?:mysql|mariadb|sshpass|7z)\w{0,10}"[^\n]{0,300})="-p)([^\s"]{4,128})(?=")/y,
    accept: mixed,
    examples: { hidden: ['a0="mysql" a1="-u" a2="app" a3="-p[[{A12}]]"'], kept: ['a0="mkdir" a1="-p{A8}"'] },
  },
  {
    id: 'password',
    name: 'Passwords put into the registry of Windows',
    source: 'reg add /v NAME /d DATA',
    anchors: [' /d '],
    pattern:
      /((?<=\/v ["']?[\w-]{0,40}(?:password|passwd|pwd|secret|token|key)["']?(?: \/\w \w{1,20})?) \/d ["']?)([^\s"']{4,256})/iy,
    accept: mixed,
    examples: {
      hidden: ['reg add HKLM\\X /v DefaultPassword /t REG_SZ /d [[{A12}]] /f'],
      kept: ['reg add HKLM\\X /v Mode /d {A8}'],
    },
  },
  {
    id: 'password',
    name: 'Passwords in here-strings',
    source: 'bash manual, "Here Strings": the word is the input of a program that asks for a password',
    anchors: ['<<<', '<(echo ', '<(printf '],
    pattern:
      /((?<=(?:kinit|su|sudo|passwd|login|ssh|openssl|gpg|psql|mysql|gh|with-token|cryptsetup|vault|kubeseal|secret put|secrets? (?:set|add|create))\b[^\n]{0,80})<<< ?["']?|(?<=(?:password|passphrase|token|key|secret)[\w-]{0,12}[= ])<\((?:echo|printf)(?: -n)? ["']?)([^\s"'$][^\s"')]{3,300})/y,
    accept: mixed,
    examples: {
      hidden: [
        'kinit jane <<< [[{A12}]]',
        'rsync --password-file=<(echo [[{A12}]]) x',
        'su - jane -c x <<< "[[{A12}]]"',
      ],
      kept: ['kinit jane <<< $PASSWORD', 'cat <<< {A12}'],
    },
  },
  {
    id: 'password',
    name: 'Passwords as bare arguments',
    source:
      'rabbitmqctl, htpasswd -b, net user, mysqladmin password, vault operator unseal, snyk auth, rclone obscure, nmcli, pdftk, ngrok, smbpasswd, mc alias set',
    anchors: [
      'rabbitmqctl ',
      'radtest ',
      'wpa_passphrase ',
      'poetry config ',
      'aws configure set ',
      'secret_id=',
      'cmdkey ',
      'htpasswd ',
      'net user ',
      'mysqladmin ',
      'vault operator unseal',
      'vault login',
      'snyk auth ',
      'rclone obscure ',
      'nmcli ',
      'pdftk ',
      'authtoken ',
      'cargo login ',
      'setapikey ',
      'isql ',
      'heroku authorizations',
      'op signin ',
      'pulumi login',
      'npm login',
      'gh auth ',
      'railway login',
      'cloudflared ',
      'twilio login',
      'doctl auth ',
      'ipmitool ',
      'hcloud context',
    ],
    pattern:
      /((?:radtest \S{1,60}|wpa_passphrase \S{1,60}|poetry config (?:http-basic\.\S{1,60} \S{1,60}|pypi-token\.\S{1,60})|aws configure set \S{0,60}(?:secret_access_key|session_token|key_id)|(?<![A-Za-z0-9])secret_id=(?=\S)|rabbitmqctl (?:-\S+ )*(?:add_user|change_password|authenticate_user) [^\s]{1,60}|htpasswd (?:-\w*b\w* )(?:-\w+ )*(?:\S{1,100} ){1,2}?(?=\S+\s*$|\S+\s*[\n;|&])|net user [^\s/]{1,60}|mysqladmin [^\n|;&]{0,100}? password|vault operator unseal|vault login|ipmitool [^\n|;&]{0,100}?user set password \d{1,3}|snyk auth|rclone obscure|nmcli [^\n|;&]{0,100}? password|pdftk [^\n|;&]{0,100}?(?:input_pw|user_pw|owner_pw)|(?:config add-)?authtoken|cargo login|setapikey|isql (?:-\w+ )*[A-Za-z][\w.-]{0,60} [A-Za-z][\w.-]{0,60})(?: |(?<==))?["']?)([^\s"'/*-][^\s"'|;&]{2,300})/y,
    accept: mixed,
    examples: {
      hidden: [
        'rabbitmqctl add_user app [[{A12}]]',
        'htpasswd -bc .htpasswd jane [[{A12}]]',
        'htpasswd -nb jane [[{A12}]]',
        'net user jane [[{A12}]] /add',
        'vault operator unseal [[{b43}=]]',
        'ngrok authtoken [[{A27}_{A21}]]',
        'radtest jane [[{A10}]] h 0 x',
        'ipmitool user set password 2 [[{A12}]]',
        'aws configure set aws_secret_access_key [[{b40}]]',
        'poetry config http-basic.acme ci [[{A16}]]',
      ],
      kept: ['rabbitmqctl list_users', 'net user jane /delete', 'vault operator unseal', 'htpasswd -c file jane'],
    },
  },
  {
    id: 'secret-key',
    name: 'Keys of object stores on the command line',
    source: 'MinIO client: mc alias set NAME URL ACCESSKEY SECRETKEY',
    anchors: ['mc alias set ', 'mc config host add '],
    pattern:
      /(mc (?:alias set|config host add) \S{1,60} https?:\/\/\S{1,200} ["']?)([^\s"'$][^\s"']{2,100}["']? ["']?[^\s"'$]{8,200})/y,
    accept: real,
    examples: { hidden: ['mc alias set m http://x [[{A20} {A40}]]'], kept: ['mc alias set m http://x $KEY $SECRET'] },
  },
  {
    id: 'password',
    name: 'Passwords of Oracle tools',
    source: 'Oracle Database utilities: user/password@service',
    anchors: ['sqlplus ', 'expdp ', 'impdp ', 'sqlldr ', 'rman ', 'exp ', 'imp ', 'sql '],
    pattern:
      /((?<![A-Za-z0-9])(?:sqlplus|expdp|impdp|sqlldr|rman target|exp|imp|sql)(?: -\w+)? ["']?[A-Za-z][A-Za-z0-9_#$]{0,40}\/["']?)([^\s@"'/]{3,128})(?=["']?[@ "]|$)/my,
    accept: mixed,
    examples: {
      hidden: ['expdp system/[[{A10}]] full=y', 'sqlplus app/[[{A10}]]@orcl'],
      kept: ['exp src/main.ts', 'sql queries/report'],
    },
  },
  {
    id: 'password',
    name: 'Passwords of remote desktops',
    source: 'xfreerdp(1) and mstsc: /p: takes a password',
    anchors: ['/p:', '/pass:', '/password:', '/rp '],
    pattern: /((?<=\s)(?:\/p(?:ass|assword)?:|\/rp )["']?)([^\s"']{4,128})/y,
    accept: mixed,
    examples: { hidden: ['xfreerdp /u:jane /p:[[{A10}]] /v:h'], kept: ['msbuild /p:Configuration', 'x/p:{A10}'] },
  },
  {
    id: 'secret',
    name: 'Values that are put into a secret store',
    source:
      'aws ssm put-parameter, aws secretsmanager, gh secret set, kubectl create secret, wrangler, dotnet user-secrets',
    anchors: [
      'put-parameter ',
      'create-secret ',
      'put-secret-value ',
      'secret set ',
      'secrets set ',
      'user-secrets set ',
      '--from-literal',
      'secret put ',
      'kv put ',
      'kv patch ',
    ],
    pattern:
      /((?:(?:put-parameter|create-secret|put-secret-value) [^\n]{0,300}?--(?:value|secret-string)[ =]|secrets? set [^\n]{0,120}?(?:--body|-b|--value)[ =]|secrets? set [\w-]{1,80}[ =]|user-secrets set ["']?[^\s"']{1,120}["']? |--from-literal[= ][\w.-]{1,80}=|(?<=vault )kv (?:put|patch) (?:-\S{1,40} ){0,4}\S{1,120} (?=[\w.-]{1,60}=))["']?)((?<=vault kv [^\n]{0,200})[^\n|;&@]{4,1000}|(?<=")[^"\n]{3,1000}|(?<=')[^'\n]{3,1000}|[^\s"'$-][^\s"']{3,1000})/y,
    accept: real,
    examples: {
      hidden: [
        'aws ssm put-parameter --name /db/password --value "[[{A16}]]" --type SecureString',
        'gh secret set X --body "[[{A24}]]"',
        'kubectl create secret generic db --from-literal=url=[[{A20}]]',
        'dotnet user-secrets set "Db:Password" "[[{A12}]]"',
        'fly secrets set DB_URL=[[{A20}]]',
        'vault kv put secret/orders [[db_pass={A14} api={A32}]]',
      ],
      kept: ['aws ssm put-parameter --name x --value "$X"', 'gh secret set X --body "$TOKEN"'],
    },
  },
  {
    id: 'password',
    name: 'Passwords of openssl, PowerShell, net use and vault',
    source: 'openssl-passphrase-options(1); ConvertTo-SecureString; net use: the argument is the secret',
    anchors: ['-passin', '-passout', '-pass ', 'ConvertTo-SecureString', 'net use'],
    pattern:
      /((?:-pass(?:in|out)?[ =]pass:|ConvertTo-SecureString (?:-String )?["']|net use [^\n]{0,100}\/user:[^\s«]{1,60} |net use (?:[a-z]: |\* )?\\\\\S{3,100} (?!\/))["']?)([^\s"'-][^\s"']{3,200})/iy,
    accept: real,
    examples: {
      hidden: [
        'openssl rsa -passin pass:[[{A12}]] -in k',
        'ConvertTo-SecureString "[[{A14}]]" -AsPlainText',
        'net use Z: \\\\srv\\share [[{A8}!{d2}]] /user:x',
      ],
      kept: ['openssl rsa -passin env:KEY', 'ConvertTo-SecureString $password'],
    },
  },
  {
    id: 'password',
    name: 'What a script types into a dialogue',
    source: 'expect(1): send types a text, with \\r for Enter',
    anchors: ['send "', 'send -- "', 'send \\"'],
    pattern: /(send (?:-- )?\\?")([^"\\\n]{6,128})(?=\\{1,2}[rn]\\?")/y,
    accept: mixed,
    examples: { hidden: ['expect -c \'send "[[{A10}]]\\r"\''], kept: ['send "yes\\r"', 'send "hello"'] },
  },
  {
    id: 'shared-secret',
    name: 'Shared secrets of RADIUS tests',
    source: 'radtest(1): user, password, server, port, secret',
    anchors: ['radtest '],
    pattern: /(radtest \S{1,60} \S{1,200} \S{1,80} \d{1,6} )(\S{4,128})/y,
    accept: real,
    examples: { hidden: ['radtest jane {A10} h 0 [[{A12}]]'], kept: ['radtest jane x h'] },
  },
  {
    id: 'password',
    name: 'Second secrets of SNMP tools',
    source: 'snmpcmd(1): -A and -X take the authentication and the privacy passphrase',
    anchors: [' -X '],
    pattern: /((?<=snmp\w{3,10} [^\n]{0,200}) -X ["']?)([^\s"']{6,128})/y,
    accept: mixed,
    examples: { hidden: ['snmpwalk -v3 -u jane -A x -X [[{A12}]] h'], kept: ['curl -X POST1234 x'] },
  },
];
