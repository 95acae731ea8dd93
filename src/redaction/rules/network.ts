import type { Rule } from './rule.ts';
import { isPlaceholderValue, looksRandom } from './value.ts';

const real = (secret: string): boolean => !isPlaceholderValue(secret);
const mixed = (secret: string): boolean => /\d/.test(secret) && /[A-Za-z]/.test(secret) && real(secret);

/** Secrets in the configuration of routers, tunnels and dial-up, whose syntax is words in a row. */
export const networkRules: readonly Rule[] = [
  {
    id: 'shared-secret',
    name: 'Secrets of tunnels and dial-up',
    source: 'strongSwan ipsec.secrets (": PSK", ": EAP", ": RSA file"), pppd chap-secrets and pap-secrets (client, server, secret, addresses)',
    anchors: [': PSK ', ': EAP ', ': XAUTH ', ': RSA ', ': ECDSA ', ': P12 ', ': NTLM ', ' l2tpd ', ' pptpd ', ': PKCS8 '],
    pattern:
      /((?::\s(?:PSK|EAP|XAUTH|NTLM)\s{1,4}|:\s(?:RSA|ECDSA|P12|PKCS8)\s{1,4}[\w./-]{1,100}\s{1,4}|\s(?:l2tpd|pptpd)\s{1,8})["']?)([^\s"'#%]{4,256})/y,
    accept: real,
    examples: {
      hidden: ['10.0.0.1 10.0.0.2 : PSK "[[{A24}]]"', 'jane : EAP "[[{A12}]]"', ': RSA key.pem "[[{A12}]]"', '"jane" l2tpd "[[{A12}]]" *', '* pptpd [[{A12}]] 10.0.0.9'],
      kept: [': RSA key.pem', ': PSK %prompt', 'started pptpd'],
    },
  },
  {
    id: 'password',
    name: 'Secrets in the configuration of routers',
    source: 'Cisco IOS, NX-OS and ASA, Juniper Junos, FortiOS, Aruba, MikroTik command references: words before a secret',
    anchors: ['isakmp key ', 'server key ', 'message-digest-key ', 'ascii-text ', 'wpa-psk ', 'ENC ', ' auth sha ', ' auth md5 ', ' priv aes ', ' priv des ', 'authentication-key ', 'neighbor ', 'ppp chap password ', 'ppp pap sent-username ', ' key ', 'wpa2-pre-shared-key=', 'snmp-community ', 'encrypted-password ', 'md5 0 ', 'authentication-password ', 'privacy-password ', 'snmp community ', 'snmp-server host ', '[admins]', '<auth-user-pass>', 'password "Auth" ', 'password "Private Key" ', 'MS-CHAP', 'CHAP-Password'],
    // In a block of several lines: what looks back for its head does not read each word `key` of a long line.
    glance: (text, at) => text[at] !== ' ' || !/k/i.test(text[at + 1] ?? '') || text.slice(Math.max(0, at - 81), at).includes('\n'),
    pattern:
      /((?:isakmp key (?:\d )?|server key (?:\d )?|message-digest-key \d{1,3} md5 (?:\d )?|ascii-text |wpa-psk (?:ascii|hex) (?:\d )?|(?<=set (?:password|psksecret|passwd|secret|key) )ENC | auth (?:sha|md5|sha-?\d{3}) | priv (?:aes|des|3des)(?: (?:128|192|256))? |authentication-key (?:\d{1,5} md5 )?|neighbor \S{3,40} password (?:\d )?|ppp (?:chap|pap) (?:password|sent-username \S{1,60} password) (?:\d )?|(?<=(?:radius|tacacs|aaa|server)[^\n]{0,80}\n[^\n]{0,80}) key (?:\d )?|wpa2-pre-shared-key=|encrypted-password |(?:authentication|privacy)-password |(?<=set )snmp community |snmp-server host \S{3,60} (?:(?:traps|informs) )?(?:version (?:1|2c|3 \w{2,6}) )?|\[admins\]\s{1,4}[\w.-]{1,40} ?= ?|<auth-user-pass>\s{1,4}\S{1,80}\s{1,4}|password "(?:Auth|Private Key)" |(?:MS-CHAP2?-(?:Response|Challenge|Success)|CHAP-Password) = 0x)["']?)([^\s"']{4,256})/iy,
    accept: mixed,
    examples: {
      hidden: ['crypto isakmp key [[{A14}]] address 10.0.0.1', 'tacacs-server key 7 [[{X16}]]', 'ip ospf message-digest-key 1 md5 [[{A12}]]', 'snmp-server user a g v3 auth sha [[{A12}]] x', 'g v3 priv aes 128 [[{A12}]]', 'wpa-psk ascii 0 [[{A12}]]', 'set password ENC [[{b40}=]]', 'neighbor 10.0.0.1 password [[{A12}]]', 'set snmp community [[{A12}]] authorization', '<auth-user-pass>\njane\n[[{A12}]]\n', 'MS-CHAP2-Response = 0x[[{x40}]]', 'password "Auth" [[{A12}]]'],
      kept: ['server key exchange', 'auth sha is on', 'the key is', 'neighbor 10.0.0.1 up'],
    },
  },
  {
    id: 'password',
    name: 'A user and a password in a list of them',
    source: 'Postfix sasl_passwd ([host]:port user:password), PgBouncer userlist ("user" "password"), Mosquitto, Dovecot {PLAIN}',
    anchors: [']:', '" "', '\\" \\"', '{PLAIN}', '{CLEARTEXT}'],
    pattern:
      /((?:(?<=\[[\w.-]{3,100})\]:\d{2,5}[ \t]{1,8}[\w.@+-]{1,80}:|(?<=(?:^|[\n>|\]+ ])\\*"[A-Za-z][\w.@-]{0,62})\\*" \\*"(?=[^"\\\n]{8,256}\\*"[ \t]*(?:\r?\n|$|\\n|"))|\{(?:PLAIN|CLEARTEXT)\}))([^\s"':\\/]{5,256})/y,
    accept: (secret) => mixed(secret) && (looksRandom(secret, 8) || /[!#$%^&*+?~]/.test(secret)),
    examples: {
      hidden: ['[smtp.acme.io]:587 jane:[[{A12}]]', '"reporting" "[[{A14}]]"\n', 'jane:{PLAIN}[[{A12}]]'],
      kept: ['"a" "b"', 'x.y', '{PLAIN}', '"GET /x" "Mozilla/5.0 a"'],
    },
  },
]; // prettier-ignore
