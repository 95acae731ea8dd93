import type { Rule } from './rule.ts';
import { isPlaceholderValue, looksRandom } from './value.ts';

/** A text in quotes that people or generators chose as a password: with a digit or a sign, and no path, host or statement. */
const chosen = (secret: string): boolean =>
  !isPlaceholderValue(secret) &&
  /[A-Za-z]/.test(secret) &&
  (/\d/.test(secret) || /[!#$%^&*+?~]/.test(secret)) &&
  !/^\.{0,2}\/|^https?:|\s|^[\w-]+(?:\.[\w-]+)+$|[{}%]s|^v?\d+(?:\.\d+)+$/.test(secret);

/** Passwords that stand as an argument of a call: only the call's name says what they are. */
export const callRules: readonly Rule[] = [
  {
    id: 'password',
    name: 'The third argument of what connects',
    source: 'PHP mysqli and PDO, JDBC DriverManager, PyMySQL, Perl DBI, Ruby Mysql2: address, user, password',
    anchors: ['mysqli_connect', 'mysql_connect', 'new mysqli', 'new PDO', 'getConnection', 'pymysql.connect', 'MySQLdb.connect', 'DBI->connect', 'odbc_connect', 'db2_connect', 'ibase_connect', 'ldap_bind', 'ftp_login', 'ssh2_auth_password', 'PlainAuth', 'real_connect', 'mysql_real_connect', 'PQsetdbLogin', 'DriverManager', 'imap_open', '__construct(', '.connect(', '->connect(', '::connect('],
    pattern:
      /((?:mysqli_connect|mysql_connect|new mysqli|new PDO|getConnection|pymysql\.connect|MySQLdb\.connect|DBI->connect|odbc_connect|db2_connect|ibase_connect|ldap_bind|ftp_login|ssh2_auth_password|PlainAuth|(?:mysql_)?real_connect|imap_open|__construct|(?:\.|->|::)connect)\s{0,2}\(\s{0,40}[^,()\n]{1,200},\s{0,40}[^,()\n]{1,100},\s{0,40}\\*["'])([^"'\\\n]{4,128})(?=\\*["'])/y,
    accept: chosen,
    examples: {
      hidden: ['mysqli_connect("db", "app", "[[{A12}]]", "orders")', "new PDO('mysql:host=db', 'app', '[[{A12}]]')", 'DriverManager.getConnection(url, "app", "[[{A12}]]")', 'smtp.PlainAuth("", "jane", "[[{A12}]]", host)'],
      kept: ['new PDO($dsn, $user, $password)', 'getConnection(url, "app", "orders")'],
    },
  },
  {
    id: 'password',
    name: 'A user and a password as arguments',
    source: 'requests, OkHttp, .NET NetworkCredential, Apache HttpClient, Go SetBasicAuth, smtplib, Oracle: user, then password',
    anchors: ['Auth(', 'auth=(', 'auth = (', 'Credential(', 'Credentials(', 'login(', 'Login(', 'basic(', 'oci_connect(', 'PasswordAuthentication(', 'authenticate(', 'basic_auth(', '.auth(', 'signIn(', 'sign_in(', 'algoliasearch(', 'changeUserPassword('],
    pattern:
      /((?:Auth|auth ?= ?|Credentials?|[Ll]ogin|basic|oci_connect|PasswordAuthentication|authenticate|basic_auth|\.auth|signIn|sign_in|algoliasearch|changeUserPassword)\(\s{0,40}(?:[\w.$]{1,60}|\\*["'][^"'\\\n]{1,80}\\*["']),\s{0,40}\\*["'])([^"'\\\n]{6,128})(?=\\*["']\s{0,40}[,)])/y,
    accept: chosen,
    examples: {
      hidden: ["requests.get(u, auth=('jane', '[[{A12}]]'))", 'new NetworkCredential("jane", "[[{A12}]]")', 'req.SetBasicAuth("jane", "[[{A12}]]")', 'server.login(user, "[[{A12}]]")'],
      kept: ['login("jane", "dashboard")', 'auth=(user, password)'],
    },
  },
  {
    id: 'key',
    name: 'Keys as arguments of what encrypts',
    source: 'pgcrypto, MySQL AES_ENCRYPT, node:crypto createHmac, PHP hash_hmac, jsonwebtoken: the last text is the key',
    anchors: ['pgp_sym_', 'AES_ENCRYPT(', 'AES_DECRYPT(', 'createHmac(', 'hash_hmac(', 'jwt.sign(', 'jwt.verify(', 'jwt.encode(', 'jwt.decode(', 'signWith(', 'HMAC256(', 'Fernet(', 'sp_addlinkedsrvlogin', 'sp_addlogin', 'sp_password', 'hmac.new(', 'JWT::encode(', 'JWT.encode(', 'DES_ENCRYPT(', 'crypt('],
    pattern:
      /((?:pgp_sym_(?:en|de)crypt\(|AES_(?:EN|DE)CRYPT\(|createHmac\(|hash_hmac\(|jwt\.(?:sign|verify|encode|decode)\(|JWT(?:::|\.)encode\(|DES_ENCRYPT\(|sp_addlinkedsrvlogin\s|sp_addlogin\s|sp_password\s)[^\n]{0,160}?,\s{0,40}N?b?\\*["'](?=[^"'\n]{6,256}["'])|(?:signWith\(|HMAC256\(|Fernet\(|hmac\.new\()b?\\*["'])([^"'\\\n]{8,256})(?=\\*["'])/y,
    accept: (secret) => chosen(secret) && !/^(?:sha|md5|aes|hs|rs|es)\d*/i.test(secret),
    examples: {
      hidden: ["pgp_sym_encrypt(x, '[[{A16}]]')", "createHmac('sha256', '[[{A32}]]')", 'jwt.sign(payload, "[[{A32}]]")', "hmac.new(b'[[{A32}]]', m)", "EXEC sp_addlinkedsrvlogin 's', 'false', NULL, 'sa', '[[{A12}]]'"],
      kept: ["createHmac('sha256', key)", 'jwt.sign(payload, secret)'],
    },
  },
  {
    id: 'key',
    name: 'The only argument of a client',
    source: 'Constructors of service libraries that take a key alone: cohere.Client("…"), new AcmeApi("…")',
    anchors: ['Client("', "Client('", 'Api("', "Api('", 'API("', "API('", 'SDK("', "SDK('"],
    pattern: /((?:Client|Api|API|SDK)\(["'])([A-Za-z0-9_-]{24,256})(?=["'][,)])/y,
    accept: (secret) => chosen(secret) && looksRandom(secret, 24),
    examples: {
      hidden: ['cohere.Client("[[{A40}]]")', "new AcmeApi('[[{A32}]]')"],
      kept: ['new Client("orders-service-v2-production")', "boto3.Client('secretsmanager')"],
    },
  },
]; // prettier-ignore
