import type { Rule } from './rule.ts';
import { isPlaceholderValue } from './value.ts';

const real = (secret: string): boolean => !isPlaceholderValue(secret);

/** Credentials that a format or a protocol marks as such, whoever issued them. */
export const protocolRules: readonly Rule[] = [
  {
    id: 'private-key',
    name: 'Private keys',
    source:
      'RFC 7468 and OpenSSH; the key is hidden to its end, or as far as it goes where a log cut it; line breaks may be escaped',
    anchors: ['-----BEGIN'],
    pattern:
      /-----BEGIN[ A-Z0-9]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s"',+|>.:()]|-(?!----)|\\+[rntu"\\]|&#\d+;){0,12000}?(?:-----END[ A-Z0-9]{0,30}PRIVATE KEY(?: BLOCK)?-----)/y,
    examples: {
      hidden: [
        '-----BEGIN RSA PRIVATE KEY-----\n{b64}\n{b64}\n{b40}==\n-----END RSA PRIVATE KEY-----',
        '-----BEGIN PRIVATE KEY-----\\n{b64}\\n{b64}\\n-----END PRIVATE KEY-----',
        '-----BEGIN OPENSSH PRIVATE KEY-----\n+{b70}\n+{b70}\n+-----END OPENSSH PRIVATE KEY-----',
      ],
      kept: ['-----BEGIN CERTIFICATE-----\n{b64}\n-----END CERTIFICATE-----', 'expected "-----BEGIN PUBLIC KEY-----"'],
    },
  },
  {
    id: 'private-key',
    name: 'Private keys without an end',
    source: 'A log that cuts long lines keeps the head of a key: what looks like its body is hidden',
    anchors: ['PRIVATE KEY'],
    pattern:
      /(PRIVATE KEY(?: BLOCK)?-----)((?:(?:\s|\\+[rn]|["'+|>])*(?:[A-Za-z0-9+/=]{16,}|(?:Proc-Type|DEK-Info|Version|Comment): [^\n\\]{0,80})){1,200}(?:(?:\s|\\+[rn]|["'+|>]){1,6}[A-Za-z0-9+/=]{1,15}(?![A-Za-z0-9+/= ]))?)/y,
    examples: {
      hidden: ['-----BEGIN EC PRIVATE KEY-----[[\n{b64}\n{b30}]]', '-----BEGIN PRIVATE KEY-----[[\\n{b64}\\n{b20}]]'],
      kept: ['-----BEGIN PRIVATE KEY----- is missing', 'no PRIVATE KEY found in the file'],
    },
  },
  {
    id: 'putty-key',
    name: 'PuTTY private keys',
    source: 'PuTTY documentation, appendix C: the lines after Private-Lines',
    anchors: ['Private-Lines:'],
    pattern:
      /(Private-Lines: ?\d{1,3}\s{1,4})([A-Za-z0-9+/=]{20,80}(?:\s{1,4}(?!Private-)[A-Za-z0-9+/=]{4,80}){0,200})/y,
    examples: { hidden: ['Private-Lines: 2\n[[{b64}\n{b64}]]'], kept: ['Private-Lines: 0'] },
  },
  {
    id: 'jwt',
    name: 'JSON Web Tokens',
    source:
      'RFC 7519: header and claims are JSON objects in base64url; a token without its signature still says who the user is',
    anchors: ['eyJ', 'ewog'],
    ahead: { literals: ['.'], within: 2_004 },
    pattern:
      /(?<![A-Za-z0-9])(?:eyJ|ewog)[A-Za-z0-9_-]{10,2000}\.(?:eyJ|ewog|[A-Za-z0-9_-]{20}|\.[A-Za-z0-9_-]{10})[A-Za-z0-9_-]{6,8000}(?:\.[A-Za-z0-9_-]{0,2000}){0,3}/y,
    joinable: true,
    examples: {
      hidden: ['eyJ{w33}.eyJ{w70}.{w43}', 'eyJ{w33}.eyJ{w70}', 'eyJ{w33}..{w16}.{w60}.{w22}'],
      kept: ['eyJ{w33}', 'eyJustice.com/path'],
    },
  },
  {
    id: 'authorization',
    name: 'Authorization headers',
    source: 'RFC 9110, 11.6.2: the scheme stays, the credentials go',
    anchors: ['authorization'],
    pattern:
      /((?<![A-Za-z])(?:proxy[-_])?authorization\\*["'\]]{0,2}\s{0,3}(?:[:=,]|=>)\s{0,3}\\*["'`[]{0,3}(?:(?:Bearer|Basic|Token|ApiKey|Api-Key|Digest|Negotiate|NTLM|Key|JWT|OAuth|Splunk|GenieKey|SSWS|Signature|GoogleLogin auth=|AWS4-HMAC-SHA256)\s{1,3})?)([^\s"'\\\],;<>{}()]{6,8000})/iy,
    accept: (secret) =>
      real(secret) &&
      !/^(?:Bearer|Basic|Token|Digest|string|header|required|missing|invalid|failed|denied|failure|error|success|undefined|null|true|false|req\.|request\.|process\.|config\.)/i.test(
        secret,
      ),
    examples: {
      hidden: [
        'Authorization: Bearer [[{w40}]]',
        'authorization: Basic [[{b24}==]]',
        '"Authorization":"Token [[{x40}]]"',
        '{\\"Authorization\\":\\"Bearer [[{w40}]]\\"}',
        "-H 'Authorization: [[{A32}]]'",
        'Proxy-Authorization: Basic [[{b24}]]',
        "'HTTP_AUTHORIZATION' => 'Bearer [[{w30}]]'",
        'authorization=[Bearer [[{w30}]], x]',
      ],
      kept: [
        'Authorization: required',
        'Authorization: Bearer <token>',
        'the authorization: failed for bob',
        'authorization: `Bearer ${token}`',
        'Authorization: Bearer ${TOKEN}',
      ],
    },
  },
  {
    id: 'bearer-token',
    name: 'Bearer tokens',
    source: 'RFC 6750',
    anchors: ['bearer'],
    pattern:
      /((?<![A-Za-z])bearer(?:\s{1,3}|%20|\+|["':=,\s]{1,4}|\s?["']\s?\+\s?["']))([A-Za-z0-9\-._~+/]{16,8000}={0,2})/iy,
    accept: (secret) => real(secret) && /\d/.test(secret) && !/^[a-z-]+\d?$/.test(secret),
    joinable: true,
    examples: {
      hidden: ['Bearer [[{w40}]]', 'sent bearer [[{x32}]] to upstream', 'BEARER [[{A24}]]', "'Bearer ' + '[[{w40}]]'"],
      kept: ['bearer authentication', 'Bearer token_not_found_error', 'Bearer realm="api"'],
    },
  },
  {
    id: 'basic-credentials',
    name: 'Basic credentials',
    source: 'RFC 7617: user and password in base64',
    anchors: ['basic '],
    pattern: /((?<![A-Za-z])basic )([A-Za-z0-9+/]{12,400}={0,2})(?![A-Za-z0-9+/=])/iy,
    accept: (secret) => {
      const text = Buffer.from(secret, 'base64').toString('latin1');
      return /^[\x20-\x7e]{1,100}:[\x20-\x7e]{1,300}$/.test(text);
    },
    examples: {
      hidden: ['upstream got Basic [[YWRtaW46aHVudGVyMg==]]'],
      kept: ['Basic authentication', 'basic functionality'],
    },
  },
  {
    id: 'cookie',
    name: 'Cookies',
    source: 'RFC 6265: names stay no more than values, for the whole header is a session',
    anchors: ['cookie'],
    pattern:
      /((?<![A-Za-z])(?:set-)?cookie2?s?\\*["'\]]{0,2}\s{0,2}(?::|=>)\s{0,3}\\*["'[]{0,3})([!#$%&*+.^_`|~A-Za-z0-9-]{1,100}=[^\s"'\\;,]{4,4096}(?:; ?[!#$%&*+.^_`|~A-Za-z0-9-]{1,100}(?:=[^\s"'\\;,]{0,4096})?){0,80})/iy,
    accept: real,
    examples: {
      hidden: [
        'Cookie: [[sid={A32}; theme=dark]]',
        'Set-Cookie: [[session={w40}; Path=/; HttpOnly]]',
        '"cookie":"[[connect.sid=s%3A{A32}.{A43}; _ga=GA1.2.{d9}]]"',
      ],
      kept: ['Cookie: consent banner', 'cookies: enabled', 'cookie: { secure: true }'],
    },
  },
  {
    id: 'cookie',
    name: 'Session cookies by name',
    source: 'Names that servers give their session cookies',
    anchors: [
      'connect.sid',
      'sessionid',
      'session_id',
      'phpsessid',
      'jsessionid',
      'asp.net_sessionid',
      '.aspxauth',
      'laravel_session',
      'csrftoken',
      'xsrf-token',
      'session=',
      'sid=',
      'remember_token',
      'session-token',
      'appid=',
      'sid"',
    ],
    pattern:
      /((?<![A-Za-z0-9])(?:connect\.sid|sessionid|session_id(?==)|phpsessid|jsessionid|asp\.net_sessionid|\.aspxauth|laravel_session|csrftoken|xsrf-token|session|sid|remember_token|(?:__secure-)?(?:next-auth|authjs)\.session-token|appid(?==[0-9a-f]{32}))\\*["']?(?:=|: ?|%3D)\\*["']?)([A-Za-z0-9%._~+/!:-]{16,4096}={0,2})/iy,
    accept: (secret) => real(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret),
    examples: {
      hidden: ['JSESSIONID=[[{U32}]]', 'PHPSESSID=[[{a26}]]', 'sessionid: "[[{a32}]]"'],
      kept: ['session=closed', 'sid=12', 'session_id=null'],
    },
  },
  {
    id: 'signature',
    name: 'Signed URLs',
    source:
      'AWS Signature V4, Google V4 signed URLs, Azure SAS (sig), CloudFront, Alibaba: who has the URL has the object',
    anchors: [
      'X-Amz-Signature',
      'hmac=',
      'oauth_signature',
      'oauth_token',
      'oauth_consumer_key',
      'mac="',
      'X-Amz-Credential',
      'X-Amz-Security-Token',
      'X-Goog-Signature',
      'X-Goog-Credential',
      'sig=',
      'Signature=',
      'signature%3D',
      'sig%3D',
      'Key-Pair-Id=',
      'AWSAccessKeyId=',
    ],
    pattern:
      /((?<![A-Za-z])(?:X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)|sig|Signature|Key-Pair-Id|AWSAccessKeyId|hmac|oauth_(?:signature|token|consumer_key)|mac(?=="))(?:=|%3D)"?)([A-Za-z0-9%+/_.~-]{12,4096}={0,2})/iy,
    accept: real,
    joinable: true,
    examples: {
      hidden: [
        'https://b.s3.amazonaws.com/k?X-Amz-Signature=[[{x64}]]',
        '&sig=[[{A40}%2B{A3}%3D]]&se=2026',
        '?Expires=1&Signature=[[{A40}]]',
        'Credential=x/20260101/us-east-1/s3/aws4_request, Signature=[[{x64}]]',
      ],
      kept: ['sig=1', 'signature=invalid', 'design=modern-and-flexible'],
    },
  },
  {
    id: 'password-hash',
    name: 'Hashes of passwords',
    source:
      'crypt(5): bcrypt, SHA-crypt, MD5-crypt, yescrypt, Argon2, scrypt, and the form of Django; weak passwords are found from them',
    anchors: [
      '$2a$',
      '$2b$',
      '$2y$',
      '$5$',
      '$6$',
      '$y$',
      '$7$',
      '$argon2',
      '$scrypt$',
      '$pbkdf2',
      'pbkdf2_sha',
      'bcrypt_sha256$',
      'pbkdf2:sha',
      'scrypt:',
    ],
    pattern:
      /(?:\$(?:2[aby]|5|6|7|y|argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha\d{1,3})?)\$|pbkdf2_sha\d{1,3}\$|bcrypt_sha256\$|pbkdf2:sha\d{1,3}:|scrypt:(?=\d))[A-Za-z0-9+/.=,$:-]{40,300}/y,
    joinable: true,
    examples: {
      hidden: [
        '$2b$10${b53}',
        '$argon2id$v=19$m=65536,t=3,p=4${b22}${b43}',
        'pbkdf2_sha256$600000${A22}${b43}=',
        'scrypt:32768:8:1${A16}${x128}',
      ],
      kept: ['costs $5$', '$2a$ is the prefix', 'scrypt: 16384'],
    },
  },
  {
    id: 'password-hash',
    name: 'Hashes of passwords in password files and directories',
    source: 'htpasswd (apr1, SHA), crypt(5) MD5, LDAP (RFC 2307), PostgreSQL (SCRAM, md5), Django (sha1)',
    anchors: ['$apr1$', '$1$', '{SHA}', '{SSHA', '{CRYPT}', '{SMD5}', 'SCRAM-SHA-', 'sha1$', '"md5', "'md5"],
    pattern:
      /(?:\$(?:apr1|1)\$[A-Za-z0-9./+]{2,10}\$[A-Za-z0-9./+]{20,32}|\{(?:SHA|SSHA\d{0,3}|CRYPT|SMD5)\}[A-Za-z0-9+/$.]{20,140}={0,2}|SCRAM-SHA-\d{1,3}\$\d{1,7}:[A-Za-z0-9+/=]{12,60}\$[A-Za-z0-9+/=]{24,100}:[A-Za-z0-9+/=]{24,100}|sha1\$[A-Za-z0-9]{4,32}\$[0-9a-f]{40}|["']md5[0-9a-f]{32}(?=["']))/iy,
    joinable: true,
    examples: {
      hidden: [
        '$apr1${A8}${A22}',
        '{SSHA}{b40}',
        '{SHA}{b27}=',
        'SCRAM-SHA-256$4096:{b22}==${b43}=:{b43}=',
        'sha1${A12}${x40}',
      ],
      kept: ['$1$', '{SHA}', 'SCRAM-SHA-256 is required', 'sha1$x'],
    },
  },
];
