import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isSecretFile } from '../../../src/model/secretFiles.ts';

const secretFiles = [
  'id_rsa',
  'id_ed25519',
  'id_ecdsa_sk',
  'deploy/id_rsa.old',
  'ssh_host_ed25519_key',
  'server.pem',
  'server.key',
  'master.key',
  'AuthKey_ABC123.p8',
  'cert.p12',
  'cert.pfx',
  'android/release.jks',
  'debug.keystore',
  'db.kdbx',
  'app.keytab',
  'client.ovpn',
  'putty.ppk',
  '.netrc',
  '_netrc',
  '.pgpass',
  'pgpass.conf',
  '.my.cnf',
  '.npmrc',
  'packages/a/.npmrc',
  '.yarnrc.yml',
  '.pypirc',
  '.git-credentials',
  '.htpasswd',
  '.dockercfg',
  '.docker/config.json',
  'kubeconfig',
  'prod.kubeconfig',
  'kubeconfig-prod.yaml',
  '.kube/config',
  '.aws/credentials',
  'credentials.json',
  'credentials.csv',
  'config/credentials.yml.enc',
  'client_secret_123.apps.googleusercontent.com.json',
  'service-account.json',
  'service_account_prod.json',
  'serviceAccountKey.json',
  'acme-firebase-adminsdk-x1.json',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  'prod.auto.tfvars',
  'secrets.tfvars.json',
  'secrets.yml',
  'secret.yaml',
  '.streamlit/secrets.toml',
  'helm/secrets.prod.yaml',
  'wp-config.php',
  '.vault_pass',
  'vault-password.txt',
  '.vault-token',
  'local.settings.json',
  '.env',
  'config/.env.production',
  '.bash_history',
  '.ssh/deploy',
  '.gnupg/private-keys-v1.d/A.asc',
  '.m2/settings.xml',
];

const others = [
  'id_rsa.pub',
  'src/keys.ts',
  'src/credentials.ts',
  'src/secret.go',
  'secrets.py',
  'credentials.md',
  'src/keyboard.js',
  'monkey.js',
  'tokens.json',
  'package.json',
  'config.json',
  'config/database.yml',
  'settings.xml',
  'docs/secrets.md',
  'credentials.json.example',
  'secrets.example.yml',
  'wp-config-sample.php',
  '.env.example',
  'terraform.tfvars.example',
  'main.tf',
  'variables.tf',
  '.ssh/config',
  '.ssh/known_hosts',
  '.ssh/deploy.pub',
  'locales/en/auth.json',
  'password_reset.rb',
  'src/service-account/index.ts',
  'account_service.json',
];

describe('a file that is there to hold secrets', () => {
  it('is known by its name', () => {
    for (const path of secretFiles) assert.ok(isSecretFile(path), path);
    for (const path of others) assert.ok(!isSecretFile(path), path);
  });

  it('is known in whatever spelling a system takes for its name, wherever it stands', () => {
    const spelled = fc
      .record({
        name: fc.constantFrom(...secretFiles),
        upper: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        at: fc.nat(),
        unseen: fc.constantFrom('', '\u200d', '\u2060', '\ufeff', '\u202e', '\u00ad'),
        end: fc.constantFrom('', '.', ' ', '. .', '::$DATA', ':stream'),
        folder: fc.constantFrom('', 'src/', 'a b/', 'u\u0308/', '\u00fc/', './', 'deep/er/'),
        form: fc.constantFrom('NFC', 'NFD', 'NFKC'),
        windows: fc.boolean(),
      })
      .map(({ name, upper, at, unseen, end, folder, form, windows }) => {
        const cased = Array.from(name, (letter, index) => (upper[index] === true ? letter.toUpperCase() : letter));
        cased.splice(at % (cased.length + 1), 0, unseen);
        const path = (folder + cased.join('') + end).normalize(form);
        return windows ? path.replaceAll('/', '\\') : path;
      });
    fc.assert(
      fc.property(spelled, (path) => assert.ok(isSecretFile(path), JSON.stringify(path))),
      { numRuns: 3_000 },
    );
  });

  it('is told in time that grows with the name alone', () => {
    // Of the processor, not the clock: what else the machine does does not count.
    const before = process.cpuUsage();
    for (const letter of ['a', '.', ' ', '_', 's', 'secret-', 'id_rsa.']) isSecretFile(`${letter.repeat(20_000)}!`);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 500_000, `${user + system} µs`);
  });
});
