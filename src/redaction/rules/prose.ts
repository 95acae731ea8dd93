import type { Rule } from './rule.ts';
import { isPlaceholderValue, looksRandom } from './value.ts';

const real = (secret: string): boolean => !isPlaceholderValue(secret);
const letterAndDigit = (secret: string): boolean => /\d/.test(secret) && /\p{L}/u.test(secret);
const chosen = (secret: string): boolean =>
  real(secret) &&
  (letterAndDigit(secret) || (/[!#$%^&*+?~]/.test(secret) && /\p{L}/u.test(secret))) &&
  !/[/\\]|\.\w/.test(secret);

/** How people and services say a secret in a sentence. */
export const proseRules: readonly Rule[] = [
  {
    id: 'password',
    name: 'Passwords in other languages',
    source:
      'What a password is called in German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Danish, Norwegian, Finnish, Czech, Turkish, Russian, Ukrainian, Chinese, Japanese, Korean, and the abbreviations p/w and mdp',
    anchors: ['passwort', 'kennwort', 'zugangscode', 'mot de passe', 'mdp', 'contraseña', 'clave', 'senha', 'password è', 'wachtwoord', 'hasło', 'lösenord', 'adgangskode', 'passord', 'salasana', 'heslo', 'şifre', 'parola', 'пароль', '密码', '密碼', '口令', 'パスワード', '비밀번호', 'p/w', 'palavra-passe'],
    pattern:
      /((?<![A-Za-z])(?:passwort|kennwort|zugangscode|mot de passe|mdp|contraseña|clave|senha|password|wachtwoord|hasło|lösenord|adgangskode|passord|salasana|heslo|şifre|parola|пароль|密码|密碼|口令|パスワード|비밀번호|p\/w|palavra-passe)["'”»]?(?:[ \t]\p{L}{1,14}){0,5}?(?:[ \t]?[:=：＝][ \t]?|[ \t]{1,2}|は|是|为|為|[은는] ?|\s(?:ist|lautet|est|es|é|è|is|jest|är|er|on|je|это)[ \t])["'“«`]?)((?<=[ \t:=：＝は是为為은는"'“«`])(?!\p{L}+[ \t:])[^\s"'<>;,«»“”`]{4,128}?)(?=です|입니다|&\w{1,20}=|[.,;?]?(?:[\s"'<>;,«»“”`]|$))/iuy,
    // A sentence goes on without a blank in Chinese and Japanese.
    accept: (secret) => chosen(secret) && secret.length >= 6 && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(secret),
    examples: {
      hidden: [
        'Das Passwort lautet [[{A10}!]]',
        'Passwort für den Server: [[{A10}]]',
        'Le mot de passe est [[{A10}!]]',
        'contraseña: [[{A12}]]',
        'La contraseña es [[{A10}!]]',
        'пароль: [[{A10}!]]',
        '密码：[[{A12}]]',
        'パスワードは[[{A10}]]です',
        'p/w: [[{A12}]]',
      ],
      kept: ['contraseña: obligatoria', 'clave: valor', 'Das Passwort ist falsch', 'le mot de passe est obligatoire', 'mdp x', 'Hasło użytkownika app2 wygasło', 'パスワードは8文字以上で入力してください'],
    },
  },
  {
    id: 'one-time-code',
    name: 'One-time codes and PINs',
    source: 'Messages of services: four to eight digits behind words that say what they are',
    anchors: ['code', 'otp', 'pin'],
    pattern:
      /((?:(?<=(?:verification|one[- ]time|security|login|confirmation|auth|authentication|2fa|mfa|sms|access|sign[- ]in|recovery|backup|unlock|reset) |bestätigungs|sicherheits|einmal|verifizierungs|one-time pass| pass)code|(?<![A-Za-z])(?:otp|pin))(?: ?code)?(?:\\*["'])?(?: is| ist| lautet|:|=|)\s?\\*["']?)(\d{4,8})(?!\d|\.\d)/iy,
    accept: (secret) => secret.length > 0,
    examples: {
      hidden: ['Your verification code is [[{d6}]]', 'one-time code: [[{d6}]]', 'OTP is [[{d6}]]', 'PIN: [[{d4}]]', '{"pin":"[[{d6}]]"}', '2FA code [[{d6}]]', 'Ihr Bestätigungscode lautet [[{d6}]]'],
      kept: ['exit code: 1234', 'status code is 40312', 'pin: 12', 'spin 5000', 'error code 5003'],
    },
  },
  {
    id: 'one-time-code',
    name: 'One-time codes before what they are',
    source: 'Messages of services: "123456 is your … code", "Use 123456 as your … code", French, Spanish and Italian ones',
    anchors: [' is your ', ' as your ', ' ist ihr ', ' ist dein ', ' est votre ', ' es tu ', ' es su ', 'code de ', 'código de ', 'codice di '],
    pattern: /(?: (?:is|as) your [\w' -]{0,30}(?:code|otp|pin)| ist (?:ihr|dein) [\p{L} -]{0,30}code| est votre code| es (?:tu|su) c[oó]digo)(?![\p{L}])/iuy,
    before: { characters: /\d/, least: 4, most: 8 },
    examples: {
      hidden: ['[[{d6} is your Google verification code]]', 'Use [[{d6} as your login code]]'],
      kept: ['What is your code', 'x is your access code'],
    },
  },
  {
    id: 'one-time-code',
    name: 'One-time codes in Romance languages',
    source: 'Messages of services: code de vérification, código de verificación, codice di verifica',
    anchors: ['code de ', 'código de ', 'codigo de ', 'codice di '],
    pattern:
      /((?:code|c[oó]digo|codice) (?:de|di) (?:v[eé]rification|s[eé]curit[eé]|verificaci[oó]n|verifica[cç][aã]o|seguridad|segurança|verifica|sicurezza|connexion|acc[eè]s|acceso|acesso)(?: (?:est|es|é|è))?[ :]{1,3})(\d{4,8})(?!\d|\.\d)/iuy,
    examples: { hidden: ['Votre code de vérification est [[{d6}]]', 'código de verificación: [[{d6}]]'], kept: ['code de sortie 1234'] },
  },
  {
    id: 'recovery-phrase',
    name: 'Recovery phrases of wallets',
    source: 'BIP-39: 12, 15, 18, 21 or 24 words of three to eight small letters, behind words that say what they are',
    anchors: ['mnemonic', 'recovery phrase', 'recovery_phrase', 'recovery-phrase', 'recoveryphrase', 'seed', 'backup phrase', 'backup_phrase', 'secret phrase', 'secret_phrase', 'wallet phrase', 'secret recovery phrase'],
    pattern:
      /((?:mnemonic|(?:secret )?(?:recovery|seed|backup|secret|wallet)[ _-]?phrase|seed(?:[ _-]?words)?)(?: (?:is|words?|phrase))?\\*["']?\s{0,3}[:=]\s{0,3}\\*["']?(?:\n\s{0,8})?)((?:(?:\d{1,2}[.):] ?)?[a-z]{3,8}[ ,\n]{1,3}){11,23}(?:\d{1,2}[.):] ?)?[a-z]{3,8})(?![A-Za-z])/iy,
    accept: (secret) => !/\b(?:the|and|for|your|with|that|this|was|are|not|from|have|will)\b/.test(secret),
    examples: {
      hidden: ['mnemonic="[[legal winner thank year wave sausage worth useful legal winner thank yellow]]"', 'recovery phrase: [[zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong]]'],
      kept: ['seed: 42', 'recovery phrase: keep it', 'mnemonic: the words that you were given when this was made are not here from now'],
    },
  },
  {
    id: 'credential',
    name: 'Recovery codes in a row',
    source: 'What services print once: eight digits, or two groups of four to six characters, several of them',
    anchors: ['backup code', 'backup_code', 'recovery code', 'recovery_code', 'scratch code', 'scratch_code', 'emergency code', 'rescue code', 'entry key', 'setup key'],
    pattern:
      /((?:(?:backup|recovery|scratch|emergency|rescue)[ _-]?codes|(?:manual )?entry key|setup key)\\*["']?[ \t]{0,3}:?\s{0,8}\[?\s{0,8}["']?)((?:(?=[0-9A-Za-z-]{0,5}\d|[A-Z2-7]{4}(?![A-Za-z0-9]))[0-9A-Za-z]{4,10}(?:-[0-9A-Za-z]{4,10})?["']?[ \t,]{0,3}\n?[ \t>|+]{0,8}["']?){1,16})(?![A-Za-z])/iy,
    accept: (secret) => /\d/.test(secret) && secret.replace(/[^0-9A-Za-z]/g, '').length >= 8,
    examples: {
      hidden: ['Scratch codes: [[{d8} {d8} {d8}]]', 'Manual entry key: [[{U4} {U4} {U4} {U4}]]'],
      kept: ['backup codes: none', 'recovery codes are shown once'],
    },
  },
  {
    id: 'password',
    name: 'A user and a password side by side',
    source: 'How people write them to each other: creds: jane / …, login: jane:…, Zugangsdaten: jane / …',
    anchors: ['creds', 'credentials', 'zugangsdaten', 'login', 'logins', 'identifiants', 'credenciales'],
    pattern:
      /((?<![A-Za-z])(?:creds|credentials|zugangsdaten|logins?|identifiants|credenciales)(?: (?:is|are|sind|with|as|(?:for|to|on|für) [\w.-]{1,30})){0,3}[ \t]?[:=]?[ \t]{1,2}["'`]?[\w.@+-]{2,60}["'`]?(?:[ \t]{0,2}[/|,:][ \t]{0,2}| (?:pw|pass|and) )["'`]?)([^\s"'`,;<>/\\]{6,128})(?=["'`.,;)]?(?:\s|$)|["'\\])/iy,
    accept: (secret) => letterAndDigit(secret) && chosen(secret) && (/[!#$%^&*+?~]/.test(secret) || (/[A-Z]/.test(secret) && /[a-z]/.test(secret))),
    examples: {
      hidden: ['creds: jane / [[{A9}!]]', 'Zugangsdaten: admin / [[{A9}!]]', 'login is ops@acme.internal pw [[{A10}!]]', 'Login with admin:[[{A9}!]]'],
      kept: ['login: jane / orders', 'credentials: role, region-1', 'login as user / admin'],
    },
  },
  {
    id: 'password',
    name: 'A user and a password with nothing but a blank or a colon between',
    source: 'How logs and people write them: IMAP login: jane …, use jane:… on that host',
    anchors: ['login: ', 'logon: ', 'creds: ', 'credentials: ', 'use ', 'using ', 'log in as ', 'log in with '],
    pattern:
      /((?<![A-Za-z])(?:(?:[Ll]og[io]n|LOGIN|[Cc]reds|[Cc]redentials): [\w.@+-]{2,60} |(?:[Uu]s(?:e|ing)|[Ll]og in (?:as|with)) [a-z][\w.+-]{1,30}:)["'`]?)([^\s"'`,;:<>/\\]{8,64})(?=["'`.,;)]?(?:\s|$)|["'\\])/y,
    accept: (secret) => letterAndDigit(secret) && chosen(secret) && (/[!#$%^&*+?~]/.test(secret) || (/[A-Z]/.test(secret) && /[a-z]/.test(secret) && looksRandom(secret, 8))),
    examples: {
      hidden: ['IMAP login: jane [[{A12}]]', 'use jane:[[{A12}]] on jump1', 'log in as jane:[[{A9}!]]'],
      kept: ['login: jane connected', 'use postgres:16-alpine3', 'Use React:createElement2', 'login: jane 2026-01-10T02:41:11Z'],
    },
  },
  {
    id: 'password',
    name: 'Passwords that an installer prints',
    source: 'MySQL, Jenkins, Spring Boot and others print a password that they drew, at the end of a sentence',
    anchors: ['password is generated for ', 'initialAdminPassword', 'password to proceed', 'generated security password'],
    pattern:
      /((?:password is generated for \S{1,80}:\s|initialAdminPassword\S{0,3}\s{1,4}|password to proceed to installation:\s{1,6}|generated security password:\s{1,6}))(\S{8,128})/y,
    accept: real,
    examples: {
      hidden: ['A temporary password is generated for root@localhost: [[{A4}#{A7}]]', 'following password to proceed to installation:\n\n[[{x32}]]'],
      kept: ['initialAdminPassword', 'password is generated for you'],
    },
  },
  {
    id: 'license-key',
    name: 'Licence keys',
    source: 'Groups of four to six capitals and digits, three or more, behind words that say what they are',
    anchors: ['licen', 'product', 'serial', 'activation', 'registration', 'cd key', 'cd-key'],
    pattern:
      /((?:licen[sc]e|product|serial|activation|registration|cd)[ _-]?(?:key|code|number|no)?\\*["']?[ \t]{0,3}(?:[:=]|is)[ \t]{0,3}\\*["']?)([A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,7})(?![A-Za-z0-9-])/iy,
    accept: (secret) => /\d/.test(secret) && /[A-Z]/.test(secret) && !/[a-z]/.test(secret),
    examples: {
      hidden: ['License key: [[{U5}-{U5}-{U5}-{U5}-{U5}]]', 'SERIAL_KEY=[[{U4}-{U4}-{U4}-{U4}]]'],
      kept: ['license: MIT', 'serial: {U4}', 'license: BSD-3-CLAUSE'],
    },
  },
]; // prettier-ignore
