import type { Rule } from './rule.ts';
import { isPlaceholderValue } from './value.ts';

const real = (secret: string): boolean => !isPlaceholderValue(secret);
const letterAndDigit = (secret: string): boolean => real(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret);
/** No path, address or name with an ending: what people write to each other besides passwords. */
const chosen = (secret: string): boolean => letterAndDigit(secret) && !/[/\\]|\.\w|^\(/.test(secret);

/** Secrets in what pipelines, consoles and colleagues print: told by the words around them, by no name of their own. */
export const consoleRules: readonly Rule[] = [
  {
    id: 'secret',
    name: 'Secret variables of Azure Pipelines',
    source: 'Azure DevOps documentation, "Logging commands": task.setvariable with issecret=true, the value behind the bracket',
    anchors: ['issecret=true'],
    pattern: /(issecret=true[^\]\r\n]{0,80}\])([^\s"'][^\r\n"']{2,511})/iy,
    accept: real,
    examples: {
      hidden: ['##vso[task.setvariable variable=ApiSecret;issecret=true][[{A24}]]'],
      kept: ['##vso[task.setvariable variable=a;issecret=true]', 'variable=a;issecret=true]$(x)'],
    },
  },
  {
    id: 'password',
    name: 'New values in Terraform plans',
    source: 'terraform plan: name = "old" -> "new"',
    anchors: ['-> "'],
    pattern:
      /(?<=(?:password|passwd|secret|token|private_key|api_key|access_key|credential|connection_string)[\w"]{0,40} {1,40}= "[^"\r\n]{1,512}" )(-> ")([^"\r\n]{3,512})(?=")/iy,
    accept: real,
    examples: {
      hidden: ['~ master_password = "old-1" -> "[[{A16}]]"'],
      kept: ['~ instance_type = "t3.small" -> "t3.large"', '"a" -> "b"'],
    },
  },
  {
    id: 'credential',
    name: 'Ids that are secrets, of Vault',
    source: 'HashiCorp Vault documentation, AppRole: who has the secret_id logs in',
    anchors: ['secret_id', 'secretid', 'secret id'],
    pattern: /((?:secret_id|secret ?id\s{0,8}[:=])\s{1,40})([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/iy,
    examples: { hidden: ['secret_id           [[{x8}-{x4}-{x4}-{x4}-{x12}]]'], kept: ['secret_id_accessor  {x8}-{x4}-{x4}-{x4}-{x12}'] },
  },
  {
    id: 'twilio-key',
    name: 'Twilio tokens behind their account',
    source: 'Twilio helper libraries: Twilio(account, token); API: user SK…, its secret as the password',
    anchors: ['Twilio(', 'Client("AC', "Client('AC", 'SK'],
    pattern: /((?:(?:Twilio|Client)\(\s{0,8}["']AC[0-9a-f]{32}["'],\s{0,8}["']|SK[0-9a-f]{32}:))([A-Za-z0-9]{32})(?![A-Za-z0-9])/y,
    accept: letterAndDigit,
    examples: {
      hidden: ['new Twilio("AC{x32}", "[[{x32}]]")', "Client('AC{x32}', '[[{x32}]]')", '-u SK{x32}:[[{A32}]]'],
      kept: ['new Twilio(sid, token)', 'SKU: 1'],
    },
  },
  {
    id: 'klarna-key',
    name: 'Klarna passwords behind their user',
    source: 'Klarna documentation, "API credentials": PK…_… and a password of sixteen characters',
    anchors: ['PK'],
    pattern: /(PK\d{4,7}_[0-9a-f]{12}:)([A-Za-z0-9]{12,40})(?![A-Za-z0-9])/y,
    accept: letterAndDigit,
    examples: { hidden: ['PK{d5}_{x12}:[[{A16}]]'], kept: ['PK12345_{x12}', 'PK: 1'] },
  },
  {
    id: 'session',
    name: 'Signed sessions of Django',
    source: 'Django documentation, "Cryptographic signing": compressed data, time and signature between colons',
    anchors: ['.eJ'],
    pattern: /\.eJ[A-Za-z0-9_-]{16,4096}:[A-Za-z0-9]{6}:[A-Za-z0-9_-]{27,64}/y,
    examples: { hidden: ['.eJx{w60}:1t{A4}:{w43}'], kept: ['x.eJson', '.eJx{w60}'] },
  },
  {
    id: 'password',
    name: 'Passwords with blanks in connection strings',
    source: 'ADO.NET and ODBC: a value reaches to the next semicolon',
    anchors: ['password=', 'pwd='],
    pattern: /((?<=;\s?)(?:password|pwd)=)([^;"'\r\n={}]{1,60} [^;"'\r\n={}]{1,60})(?=;[A-Za-z ]{2,30}=)/iy,
    accept: real,
    examples: {
      hidden: ['User Id=app;Password=[[{A5} {A6}]];Pooling=true'],
      kept: ['a;password=;b=c', 'x; password=1 and more'],
    },
  },
  {
    id: 'password',
    name: 'Passwords of the sentinels of Redis',
    source: 'Redis documentation, "Sentinel": sentinel auth-pass master password',
    anchors: ['auth-pass'],
    pattern: /(auth-pass\s{1,4}[\w.-]{1,60}\s{1,4})([^\s"'<>]{4,200})/iy,
    accept: letterAndDigit,
    examples: { hidden: ['sentinel auth-pass mymaster [[{A14}]]'], kept: ['sentinel auth-pass mymaster <password>'] },
  },
  {
    id: 'url-password',
    name: 'Passwords behind the word user, before a host and its port',
    source: 'Proxies and database clients print user:password@host:port',
    anchors: ['user:', 'username:', 'login:'],
    pattern: /((?:user(?:name)?|login):)([^\s"'`<>=(),;:/@[\]{}]{4,128})(?=@[A-Za-z0-9][A-Za-z0-9.-]{0,80}:\d{2,5}(?!\d|\.))/iy,
    accept: letterAndDigit,
    examples: {
      hidden: ['using proxy user:[[{A10}]]@proxy.acme.io:3128'],
      kept: ['user:jane@acme.io', 'username: jane@host:22', 'user:${X}@h:80'],
    },
  },
  {
    id: 'password',
    name: 'Passwords that are called pw in a sentence',
    source: 'How people say it: the pw of the staging box: …',
    anchors: ['pw of ', 'pw for ', 'pw to ', 'pw on ', 'pw in '],
    pattern: /((?<![A-Za-z])pw (?:of|for|to|on|in) (?:[\w.-]{1,20} ){0,4}?[\w.-]{1,20}(?:: | is (?:still |now |just )?))([^\s"'`,;]{6,128})/iy,
    accept: chosen,
    examples: {
      hidden: ['the pw of the staging box: [[{A9}!]]', 'pw for db1 is [[{A10}]]'],
      kept: ['pw for the box: unknown', 'pw of x is /etc/a1'],
    },
  },
  {
    id: 'secret',
    name: 'Secrets that answer a question',
    source: 'Chats: somebody asks for a password or a key, and the next line gives it',
    anchors: ['password?', 'passwort?', 'passphrase?', 'token?', 'secret?', 'key?', 'creds?', 'login?'],
    pattern:
      /((?:password|passwort|passphrase|token|secret|key|creds|login)\?[^\n]{0,40}\n[^\n:]{1,40}:[ \t]{1,2}(?:[\p{L}’', ]{1,40}[ :])?)([^\s"'`,;<>()\\]{8,200})(?=["'\\]|[ \t.]{0,3}(?:\r?\n|$)| \()/iuy,
    accept: (secret) => chosen(secret) && (/[!#$%^&*+?~]/.test(secret) || /^(?=.*[A-Z])(?=.*[a-z])/.test(secret)),
    examples: {
      hidden: [
        'jane: can you send me the db password?\nbob: sure, it is [[{A12}]]',
        'and the api key?\nbob: [[{A32}]]',
      ],
      kept: ['is it the token?\nbob: no, see /var/log/a1', 'which key?\nbob: order_id', 'what token?\nWARN: retry'],
    },
  },
  {
    id: 'wifi-password',
    name: 'Passwords of wireless networks',
    source: 'netsh wlan show profile key=clear; notes beside the name of a network',
    anchors: ['key content', 'ssid', 'wifi ', 'wi-fi ', 'wifi:'],
    pattern:
      /(Key Content\s{0,20}: ?|WIFI:(?:[TSH]:[^;\n]{0,60};){1,3}P:|SSID\s{0,20}[:=] ?[^\s,;]{1,32}[ \t,;/|]{1,4}(?:(?:Key|Pass(?:word|phrase)?|PSK|PW)\s?[:=]\s?)|Wi-?Fi [\w-]{1,32}(?: [\w-]{1,32})? [/|] )([^\s"'<>,;]{8,63})(?![^\s"'<>,;])/iy,
    accept: chosen,
    examples: {
      hidden: ['    Key Content            : [[{A12}]]', 'SSID: office-5g  Key: [[{A12}]]', 'WiFi guest / [[{A10}!]]', 'WIFI:T:WPA;S:ops;P:[[{A12}]];;'],
      kept: ['Key Content            : Absent', 'SSID: office-5g  Channel: 36', 'wifi on / disconnected'],
    },
  },
  {
    id: 'gcp-hmac-key',
    name: 'Secrets beside the access id of a Google HMAC key',
    source: 'Google Cloud documentation, "HMAC keys": an id GOOG1E… and forty characters of base64',
    anchors: ['GOOG1E'],
    pattern: /(GOOG1E[A-Z0-9]{20,60}["']?[ \t]{0,3}[:,;/| ][ \t]{0,3}["']?)([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/])/y,
    accept: letterAndDigit,
    examples: { hidden: ['GOOG1E{U55} : [[{b40}]]'], kept: ['GOOG1E{U55} : none'] },
  },
  {
    id: 'wallet-key',
    name: 'Keys of wallets in the import format',
    source: 'Bitcoin wiki, "Wallet import format": base58 that begins with 5, K, L, c or 9',
    anchors: ['wif'],
    pattern: /((?<![A-Za-z])wif["']?\s{0,2}[:=]\s{0,2}["']?)([5KLc9][A-Za-z0-9]{49,51})(?![A-Za-z0-9])/iy,
    accept: letterAndDigit,
    examples: { hidden: ['wif = [[5H{A49}]]'], kept: ['wifi = on', 'wif = 5'] },
  },
]; // prettier-ignore
