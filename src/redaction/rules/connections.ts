import type { Rule } from './rule.ts';
import { isPlaceholderValue } from './value.ts';

const real = (secret: string): boolean =>
  !isPlaceholderValue(secret) && !/^(?:password|pass|pwd|passwd|secret|token)$/i.test(secret);

/** Passwords where a place is named: URLs, database addresses, statements of databases. */
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
    id: 'url-password',
    name: 'Passwords before a host without a scheme',
    source:
      'Connection errors and settings show user:password@host:port; a name such as "mailto" before the colon makes it an address',
    anchors: ['@'],
    pattern:
      /(?<=(?<![A-Za-z0-9_.%+/-])(?!(?:mailto|sips?|xmpp|acct|e-?mail|from|to|cc|bcc|user|username|login|contact|author|reply-to|npm|git|by|workspace|catalog|file|link|patch|github|gitlab|bitbucket|docker|image):)[A-Za-z0-9_.%+-]{1,64}:[^\s"'`<>=(),;:/@[\]{}]{4,128})@(?=(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}\]?)(?::\d{2,5}(?!\d|\.)|\/|(?=[\s"',)]|$)))/iy,
    before: { characters: /[^\s"'`<>=(),;:/@[\]{}]/, least: 4, most: 128, notAfter: /[^:]/ },
    accept: (secret) => {
      const password = secret.slice(0, -1);
      return (
        real(password) &&
        /\d|[^A-Za-z0-9._-]/.test(password) &&
        /[A-Za-z]/.test(password) &&
        !/^v?\d+(?:\.\d+)+/.test(password)
      );
    },
    examples: {
      hidden: [
        'connecting to app:[[{A12}@]]db.acme.internal:5432/orders',
        'proxy=jane:[[{A12}@]]proxy:8080',
        'dial admin:[[{A8}#x@]]10.0.0.5:27017',
      ],
      kept: [
        'mailto:jane92@acme.io',
        'image: nginx:alpine@sha256:{x64}',
        'at 12:30 jane@host',
        'npm:react2@18.2.0',
        'https://example.com:8080/users/@me',
      ],
    },
  },
  {
    id: 'connection-string',
    name: 'Passwords in JDBC Oracle addresses',
    source: 'Oracle JDBC guide: jdbc:oracle:thin:user/password@host',
    anchors: ['jdbc:oracle:'],
    pattern: /((?:jdbc:oracle:[a-z]{2,5}:)[A-Za-z0-9_#$-]{1,64}\/)([^\s@"'/]{3,128})(?=@)/iy,
    accept: real,
    examples: {
      hidden: ['jdbc:oracle:thin:app/[[{A14}]]@//db:1521/X'],
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
    name: 'Passwords in SQL',
    source: 'CREATE USER and ALTER USER of MySQL, Oracle, PostgreSQL, SQL Server',
    anchors: [
      'identified by',
      'identified with',
      'set password for ',
      "password '",
      'password "',
      "password=N'",
      "password = N'",
      "PASSWORD('",
    ],
    pattern:
      /((?:identified (?:by(?: values| password)?|with [\w"'`]{3,40} (?:by|as))|set password for [^\s=]{1,80} =|password|PASSWORD ?= ?N|PASSWORD\()(?: {1,3}|(?<=[N(]))\\*["'])([^"'\\\n]{3,256})/iy,
    accept: real,
    examples: {
      hidden: [
        "ALTER USER app IDENTIFIED BY '[[{A12}]]'",
        "CREATE ROLE app LOGIN PASSWORD '[[{A14}]]'",
        "SET PASSWORD FOR 'app'@'%' = '[[{A12}]]'",
      ],
      kept: ["PASSWORD ''"],
    },
  },
  {
    id: 'password',
    name: 'Passwords without quotes in SQL',
    source: 'Oracle SQL reference, CREATE USER: the password is a word',
    anchors: ['identified by '],
    pattern: /(identified by )([A-Za-z][\w#$]{5,128})(?![\w"'])/iy,
    accept: (secret) => real(secret) && /\d/.test(secret),
    examples: {
      hidden: ['CREATE USER app IDENTIFIED BY [[x{A11}]] DEFAULT TABLESPACE x'],
      kept: ['IDENTIFIED BY values', 'is identified by order_id'],
    },
  },
];
