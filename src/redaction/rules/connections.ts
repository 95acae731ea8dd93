import type { Rule } from './rule.ts';
import { isPlaceholderValue } from './value.ts';

const real = (secret: string): boolean =>
  !isPlaceholderValue(secret) && !/^(?:password|pass|pwd|passwd|secret|token)$/i.test(secret);

/** Passwords where a place is named: URLs, database addresses, command lines. */
export const connectionRules: readonly Rule[] = [
  {
    id: 'url-password',
    name: 'Passwords in URLs',
    source:
      'RFC 3986, 3.2.1: user information before the host. The user stays, the password goes, to the last "@" before the host',
    anchors: ['://'],
    pattern:
      /(:\/\/[^\s:@/?#"'<>`\\]{0,128}:)((?:[^\s"'<>`\\@:]|:(?!\/\/)){1,256}(?:@[^\s"'<>`\\@/?#]{1,64}){0,3})(?=@[A-Za-z0-9._[${*«-])/y,
    accept: (secret) => real(secret) && !/^\d{1,5}(?:\/|$)/.test(secret) && !secret.includes('://'),
    joinable: true,
    examples: {
      hidden: [
        'postgres://app:[[{A16}]]@db.internal:5432/orders',
        'mongodb+srv://root:[[p@ss{A8}]]@cluster0.mongodb.net/x?w=majority',
        'redis://:[[{A20}]]@cache:6379/0',
        'amqps://svc:[[{A12}!#]]@mq/%2f',
        'https://deploy:[[{A20}]]@git.example.com/a.git',
      ],
      kept: [
        'https://example.com:8080/users/@me',
        'http://localhost:3000/@vite/client',
        'postgres://app:${DB_PASSWORD}@db/orders',
        'postgres://user:password@localhost/db',
        'webpack-internal:///./node_modules/@scope/pkg/index.js',
        'git+ssh://git@github.com/a/b.git',
      ],
    },
  },
  {
    id: 'url-token',
    name: 'Tokens as the user of a URL',
    source: 'GitHub, GitLab and Sentry take a token or key in place of the user',
    anchors: ['://'],
    pattern: /(:\/\/)([A-Za-z0-9_-]{20,255})(?=@[A-Za-z0-9])/y,
    accept: (secret) => real(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret),
    joinable: true,
    examples: {
      hidden: ['https://[[{x32}]]@o450.ingest.sentry.io/12', 'https://[[{A40}]]@github.com/a/b.git'],
      kept: ['ssh://ec2-user@host', 'https://service-account-reader-one@host/x'],
    },
  },
  {
    id: 'url-password',
    name: 'Passwords before a network in Go data sources',
    source: 'go-sql-driver/mysql: user:password@tcp(host:port)/name',
    anchors: ['@tcp(', '@unix(', '@cloudsql('],
    pattern: /@(?=tcp\(|unix\(|cloudsql\()/y,
    before: { characters: /[^\s"'`<>=/:]/, least: 3, most: 128 },
    accept: real,
    examples: { hidden: ['app:[[{A16}@]]tcp(db:3306)/orders'], kept: [' @tcp(x)'] },
  },
  {
    id: 'connection-string',
    name: 'Passwords in JDBC Oracle addresses',
    source: 'Oracle JDBC guide: jdbc:oracle:thin:user/password@host',
    anchors: ['jdbc:oracle:', 'sqlplus '],
    pattern: /((?:jdbc:oracle:[a-z]{2,5}:|sqlplus )[A-Za-z0-9_#$-]{1,64}\/)([^\s@"'/]{3,128})(?=@)/iy,
    accept: real,
    examples: {
      hidden: ['jdbc:oracle:thin:app/[[{A14}]]@//db:1521/X', 'sqlplus scott/[[{A10}]]@prod'],
      kept: ['jdbc:oracle:thin:@db:1521:x'],
    },
  },
  {
    id: 'connection-string',
    name: 'Azure storage and service bus keys',
    source: 'Microsoft documentation: AccountKey and SharedAccessKey are base64 of 32 or 64 bytes',
    anchors: ['AccountKey=', 'SharedAccessKey=', 'AccessKey='],
    pattern: /((?:Account|SharedAccess|Access)Key=)([A-Za-z0-9+/%]{20,200}={0,2})/iy,
    accept: real,
    joinable: true,
    examples: {
      hidden: [
        'AccountName=a;AccountKey=[[{b86}==]];EndpointSuffix=core.windows.net',
        'SharedAccessKeyName=k;SharedAccessKey=[[{b43}=]]',
      ],
      kept: ['AccountKey=<key>', 'AccessKey=${KEY}'],
    },
  },
  {
    id: 'password',
    name: 'Passwords of command line clients',
    source:
      'mysql, mysqldump, mariadb, mongosh, redis-cli, sshpass, sqlcmd, docker login, unzip, ldapsearch: -p, -a, -w and -P take a password',
    anchors: [
      'mysql',
      'mariadb',
      'mongo',
      'redis-cli',
      'sshpass',
      'sqlcmd',
      'docker login',
      'podman login',
      'ldap',
      'htpasswd',
      'kinit',
      'smbclient',
      'bcp ',
    ],
    pattern:
      /((?:mysql(?:dump|admin|import)?|mariadb(?:-dump)?|mongo(?:sh|dump|restore|export)?|redis-cli|sshpass|sqlcmd|docker login|podman login|ldap[a-z]{3,8}|bcp)(?: [^\n|;&]{0,200}?)? (?:-p ?|-a |-w |-P |--pass )["']?)([^\s"'|;&-][^\s"'|;&]{2,127})/y,
    accept: (secret) => real(secret) && !/^\d{1,5}$/.test(secret),
    examples: {
      hidden: [
        'mysql -u root -p[[{A12}]] orders',
        'redis-cli -h cache -a [[{A16}]] ping',
        'sshpass -p [[{A10}]] ssh host',
        'docker login -u ci -p [[{A20}]] registry',
      ],
      kept: ['mysql -u root -p', 'mysql -h db -P 3306', 'mongosh --quiet'],
    },
  },
  {
    id: 'password',
    name: 'Passwords of curl and wget',
    source: 'curl manual, --user: user and password with a colon between',
    anchors: ['-u ', '--user', '--proxy-user', 'curl -u'],
    pattern: /((?<![A-Za-z0-9-])(?:-u|--user|--proxy-user)[ =]?["']?[^\s:"'/\\]{1,100}:)([^\s"'/\\][^\s"']{2,200})/y,
    accept: (secret) => real(secret) && !/^\d{1,5}$/.test(secret) && !/^[a-z-]+$/.test(secret),
    examples: {
      hidden: ["curl -u 'admin:[[{A12}]]' https://x", 'curl --user svc:[[{A20}]] https://x'],
      kept: ['docker run -u 1000:1000 image', 'chown -u www-data:www-data'],
    },
  },
  {
    id: 'password',
    name: 'Passwords in SQL',
    source: 'CREATE USER and ALTER USER of MySQL, Oracle, PostgreSQL, SQL Server',
    anchors: ['identified by', "password '", 'password "', "password=N'"],
    pattern: /((?:identified by(?: values| password)?|password|PASSWORD ?= ?N) {1,3}?\\*["'])([^"'\\\n]{3,256})/iy,
    accept: real,
    examples: {
      hidden: ["ALTER USER app IDENTIFIED BY '[[{A12}]]'", "CREATE ROLE app LOGIN PASSWORD '[[{A14}]]'"],
      kept: ["PASSWORD ''"],
    },
  },
  {
    id: 'password',
    name: 'Passwords of openssl, PowerShell, net use and vault',
    source: 'openssl-passphrase-options(1); ConvertTo-SecureString; net use; vault login: the argument is the secret',
    anchors: ['-passin', '-passout', '-pass ', 'ConvertTo-SecureString', 'net use', 'vault login'],
    pattern:
      /((?:-pass(?:in|out)?[ =]pass:|ConvertTo-SecureString (?:-String )?["']|net use [^\n]{0,100}\/user:[^\s]{1,60} |vault login )["']?)([^\s"'-][^\s"']{3,200})/iy,
    accept: real,
    examples: {
      hidden: [
        'openssl rsa -passin pass:[[{A12}]] -in k',
        'ConvertTo-SecureString "[[{A14}]]" -AsPlainText',
        'vault login [[{A24}]]',
      ],
      kept: ['openssl rsa -passin env:KEY', 'vault login -method=oidc', 'ConvertTo-SecureString $password'],
    },
  },
];
