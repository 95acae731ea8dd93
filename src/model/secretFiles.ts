import { isEnvironmentValuesFile, nameOnWindows } from './suspect.ts';

/** Endings of key stores, private keys and states with secrets in them. A certificate's `.pem` looks like a key's. */
const endings =
  /\.(?:pem|key|p8|p12|pfx|pkcs12|jks|jceks|bks|bcfks|keystore|truststore|ppk|pvk|kdb|kdbx|keychain|keytab|ovpn|agekey|asc\.key|tfstate|tfstate\.backup|tfvars|tfvars\.json|agilekeychain|wallet)$/;

/** Names of files that programs keep logins, tokens and keys in. */
const names = new RegExp(
  `^(?:${[
    // SSH, PGP and other keys
    'id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?(?:[._-](?!pub$)[a-z0-9_-]+)?',
    'ssh_host_[a-z0-9]+_key',
    'secring\\.gpg',
    'secret[-_]?key[^.]*(?:\\.(?:txt|asc|gpg|json|base64|b64))?',
    'private[-_]?key[^.]*(?:\\.(?:txt|asc|gpg|json|base64|b64))?',
    // Logins of programs
    '[._]netrc|\\.authinfo|\\.pgpass|pgpass\\.conf|\\.my\\.cnf|\\.mylogin\\.cnf|\\.npmrc|\\.yarnrc(?:\\.ya?ml)?|\\.pypirc',
    '\\.git-credentials|\\.htpasswd|\\.htdigest|\\.dockercfg|\\.dockerconfigjson|\\.boto|\\.s3cfg|rclone\\.conf|\\.passwd-s3fs',
    '\\.terraformrc|terraform\\.rc|credentials\\.tfrc\\.json|\\.smbcredentials|\\.fetchmailrc|\\.vault-token|\\.erlang\\.cookie',
    '\\.?vault[-_]pass(?:word)?(?:\\.txt)?|\\.vault_pass[a-z_.-]*|\\.rhosts|\\.cvspass|\\.mc_config|\\.databrickscfg|\\.snowsql',
    // Clusters and clouds
    '\\.?kubeconfig(?:[._-].*)?|.*[._-]kubeconfig(?:\\.ya?ml)?|kube\\.config',
    'service[-_]?account[^/]*\\.json|client[-_]secrets?[^/]*\\.json|.*firebase-adminsdk.*\\.json|gcp[-_]key[^/]*\\.json',
    'application_default_credentials\\.json|access_?tokens?\\.(?:json|ya?ml|txt)|publish-?settings|.*\\.publishsettings',
    'local\\.settings\\.json',
    // What is called by its name
    '\\.?credentials?(?:(?:[._-][a-z0-9_-]+)?\\.(?:json|csv|xml|ya?ml|ini|toml|txt|db|properties|enc|yml\\.enc))?',
    '\\.?secrets?(?:[._-][a-z0-9_-]+)?\\.(?:json|ya?ml|toml|ini|properties|xml|txt|conf|cfg|env|tf|yml\\.enc)',
    '\\.?passwords?\\.(?:json|csv|xml|ya?ml|ini|toml|txt|properties)|passwd|shadow|master\\.passwd',
    'wp-config(?:[._-](?!sample)[a-z0-9_-]+)?\\.php',
    '\\.[a-z_]*_history',
  ].join('|')})$`,
);

/** Folders of keys and logins, with the files in them that are none. */
const folders =
  /(?:^|\/)(?:\.ssh\/(?!(?:config|known_hosts|authorized_keys)$|[^/]*\.pub$)|\.gnupg\/|\.aws\/(?:credentials|config)$|\.aws\/(?:sso|cli)\/cache\/|\.kube\/config$|\.docker\/config\.json$|\.azure\/|\.config\/(?:gh\/hosts\.yml|gcloud\/|hub|doctl\/)|\.gem\/credentials$|\.cargo\/credentials|\.composer\/auth\.json$|\.m2\/settings(?:-security)?\.xml$|\.password-store\/)/;

/** Examples and templates hold names and no values; what ends in `.pub` is meant for others. */
const harmless = /(?:^|[._-])(?:example|sample|template|tmpl|dist|defaults?|stub|pub)(?:\.[a-z0-9]+)?$/;

/**
 * Whether a path names a file that is there to hold secrets: environment values, private keys and key stores, logins that
 * programs keep, states and variables of infrastructure. No tool of Claude's reads one, and one that the user adds is asked
 * about. By the name alone, read as the laxest system reads it: any case, any normal form, without what HFS+ does not see,
 * without an alternate stream and what Windows drops at the end.
 */
export function isSecretFile(path: string): boolean {
  const seen = path
    .normalize('NFC')
    .replace(/[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]/g, '')
    .replaceAll('\\', '/')
    .toLowerCase()
    .replaceAll('ſ', 's');
  const segments = seen.split('/').map(nameOnWindows);
  const name = segments.at(-1) ?? '';
  if (isEnvironmentValuesFile(name)) return true;
  if (endings.test(name)) return true;
  return !harmless.test(name) && (names.test(name) || folders.test(segments.join('/')));
}
