import type { Rule } from './rule.ts';

/** Hashes of passwords that are not in the form of crypt(5): weak passwords are found from them. */
export const hashRules: readonly Rule[] = [
  {
    id: 'password-hash',
    name: 'Hashes of passwords of frameworks',
    source:
      'phpass ($P$, $H$), Drupal 7 ($S$), GRUB, Kerberos tickets as hash crackers take them, passlib, Cisco 8 and 9, Juniper',
    anchors: [
      '$P$',
      '$H$',
      '$S$',
      'grub.pbkdf2.',
      '$krb5',
      '$8$',
      '$9$',
      '$netntlm',
      '$DCC2$',
      '$sha1$',
      '$md5$',
      '{bcrypt}',
      '{pbkdf2}',
      '{argon2}',
      '{sha256}',
    ],
    pattern:
      /(?:\$[PH]\$[A-Za-z0-9./]{31}|\$S\$[A-Za-z0-9./]{52}|grub\.pbkdf2\.sha\d{1,3}\.\d{1,7}\.[0-9A-F]{32,256}\.[0-9A-F]{32,256}|\$krb5(?:tgs|asrep|pa)\$\d{1,3}\$[^\s$"']{0,120}(?:\$[^\s$"']{0,200}){0,4}\$[0-9a-f]{16,64}\$[0-9a-f]{32,8000}|\$[89]\$[A-Za-z0-9./+=$]{14,80}|\$sha1\$\d{1,8}\$[A-Za-z0-9./]{4,64}\$[A-Za-z0-9./]{20,40}|\$DCC2\$\d{1,7}#[^\s#]{1,60}#[0-9a-f]{32}|\{(?:bcrypt|pbkdf2|argon2|sha256)\}[A-Za-z0-9$./=,+-]{40,200})/y,
    joinable: true,
    examples: {
      hidden: [
        '$P$B{A30}',
        '$S$D{A51}',
        'grub.pbkdf2.sha512.10000.{X64}.{X64}',
        '$krb5tgs$23$*svc$ACME$x*${x32}${x200}',
        '$9${A14}${A43}',
        '{bcrypt}$2a$10${A53}',
      ],
      kept: ['costs $9$', '$P$', '{sha256}', '$8$x'],
    },
  },
  {
    id: 'password-hash',
    name: 'Hashes in dumps of Windows accounts',
    source: 'The form of pwdump and secretsdump: name:id:LM:NT:::, and NetNTLM responses',
    anchors: [':::'],
    pattern: /(?=:::)/y,
    before: { characters: /[0-9a-fA-F]/, least: 32, most: 32 },
    examples: { hidden: ['ADMIN:500:{x32}:[[{x32}]]:::'], kept: ['a:::b', 'x:::'] },
  },
  {
    id: 'password-hash',
    name: 'Hashes of MySQL',
    source: 'MySQL manual, "Password hashing": an asterisk and 40 hexadecimal digits in capitals',
    anchors: ["'*", '"*', '`*'],
    pattern: /(["'`])(\*[0-9A-F]{40})(?=["'`])/y,
    examples: { hidden: ["'[[*{X40}]]'"], kept: ["'*'", '"*.ts"'] },
  },
];
