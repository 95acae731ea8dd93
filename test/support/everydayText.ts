import { fill, randomFrom } from './samples.ts';

/**
 * Text that an on-call developer looks at every day and that holds no secret: logs of frameworks, lock files, sources, prose, stack
 * traces, plans of statements and of infrastructure. A second set beside `ordinaryText`, written apart from the rules.
 */
const everydayText: Readonly<Record<string, string>> = {
  'Rails log': `Started POST "/sessions" for 10.0.0.7 at 2026-05-01 12:00:01 +0000
Processing by SessionsController#create as HTML
  Parameters: {"authenticity_token"=>"[FILTERED]", "user"=>{"email"=>"[FILTERED]", "password"=>"[FILTERED]"}, "commit"=>"Log in"}
  User Load (0.4ms)  SELECT "users".* FROM "users" WHERE "users"."reset_password_token" = $1 LIMIT $2  [["reset_password_token", "[FILTERED]"], ["LIMIT", 1]]
Redirected to https://app.acme.io/dashboard
Completed 302 Found in 214ms (ActiveRecord: 3.1ms | Allocations: 12345)
ActionController::InvalidAuthenticityToken (ActionController::InvalidAuthenticityToken):
app/controllers/concerns/token_authentication.rb:31:in 'verify_token'
[{x8}-{x4}-{x4}-{x4}-{x12}] [ActiveJob] [PasswordMailerJob] Performed PasswordMailerJob (Job ID: {x8}-{x4}-{x4}-{x4}-{x12}) from Sidekiq(mailers) in 41.2ms`,
  'Django log': `[01/May/2026 12:00:01] "GET /accounts/password_reset/done/ HTTP/1.1" 200 1843
WARNING django.security.csrf Forbidden (CSRF token missing.): /api/orders/
ERROR django.request Internal Server Error: /api/v1/token/refresh/
  File "/usr/lib/python3.12/site-packages/rest_framework_simplejwt/tokens.py", line 43, in __init__
    raise TokenError(_("Token is invalid or expired"))
rest_framework_simplejwt.exceptions.InvalidToken: {'detail': ErrorDetail(string='Given token not valid for any token type', code='token_not_valid')}
django.db.utils.OperationalError: connection to server at "db" (10.0.0.4), port 5432 failed: FATAL:  password authentication failed for user "orders"`,
  'Spring log': `2026-05-01T12:00:01.123Z  WARN 1 --- [nio-8080-exec-3] o.s.s.c.bcrypt.BCryptPasswordEncoder     : Encoded password does not look like BCrypt
2026-05-01T12:00:01.124Z  INFO 1 --- [           main] .s.s.UserDetailsServiceAutoConfiguration : Using in-memory user details
2026-05-01T12:00:02.001Z ERROR 1 --- [onPool-worker-1] c.acme.orders.auth.TokenRefreshScheduler : Token refresh failed, retry 3/5 in 400ms, correlationId={x8}-{x4}-{x4}-{x4}-{x12}
Caused by: java.security.UnrecoverableKeyException: Password must not be null
	at java.base/sun.security.pkcs12.PKCS12KeyStore.engineGetKey(PKCS12KeyStore.java:404)
	at com.acme.secrets.VaultSecretProvider$$SpringCGLIB$$0.getSecret(<generated>)
Caused by: com.zaxxer.hikari.pool.HikariPool$PoolInitializationException: Failed to initialize pool: FATAL: password authentication failed for user "app"
HikariPool-1 - Pool stats (total=10, active=10, idle=0, waiting=27)`,
  'Express and Nest': `[Nest] 4711  - 05/01/2026, 12:00:01 PM   ERROR [AuthGuard] UnauthorizedException: No auth token
{"level":50,"time":1777636801123,"pid":1,"hostname":"orders-{x10}-{a5}","reqId":"req-1a","err":{"type":"TokenExpiredError","message":"jwt expired","stack":"TokenExpiredError: jwt expired\\n    at /srv/app/node_modules/jsonwebtoken/verify.js:190:21"},"msg":"jwt expired"}
::1 - - [01/May/2026:12:00:01 +0000] "POST /oauth/token HTTP/1.1" 401 59 "-" "axios/1.7.2" rt=0.003 uct="0.000" urt="0.002" id={x32}
  express:router dispatching POST /api/auth/login +2ms
  passport-jwt: strategy failed: Error: No auth token`,
  'Laravel and Symfony': `[2026-05-01 12:00:01] production.ERROR: The MAC is invalid. {"exception":"[object] (Illuminate\\\\Contracts\\\\Encryption\\\\DecryptException(code: 0): The MAC is invalid. at /srv/vendor/laravel/framework/src/Illuminate/Encryption/Encrypter.php:216)
[stacktrace]
#0 /srv/app/Http/Middleware/VerifyCsrfToken.php(54): Illuminate\\Foundation\\Http\\Middleware\\VerifyCsrfToken->tokensMatch(Object(Illuminate\\Http\\Request))
[2026-05-01T12:00:01.123456+00:00] security.INFO: Authenticator failed. {"exception":"BadCredentialsException","authenticator":"Symfony\\\\Component\\\\Security\\\\Http\\\\Authenticator\\\\JsonLoginAuthenticator"} []
request.INFO: Matched route "api_login_check". {"route":"api_login_check","request_uri":"https://x/api/login_check","method":"POST"} []`,
  'ASP.NET log': `info: Microsoft.AspNetCore.Authentication.JwtBearer.JwtBearerHandler[1]
      Failed to validate the token.
      Microsoft.IdentityModel.Tokens.SecurityTokenExpiredException: IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '5/1/2026 11:59:01 AM', Current time (UTC): '5/1/2026 12:00:01 PM'.
warn: Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager[35]
      No XML encryptor configured. Key {{x8}-{x4}-{x4}-{x4}-{x12}} may be persisted to storage in unencrypted form.
fail: Microsoft.EntityFrameworkCore.Database.Command[20102]
      Failed executing DbCommand (12ms) [Parameters=[@__email_0='?' (Size = 256), @p1='?' (DbType = Int32)], CommandType='Text', CommandTimeout='30']`,
  'Go and zap': `{"level":"warn","ts":1777636801.123,"caller":"auth/token_source.go:88","msg":"token source returned stale token","expiry":"2026-05-01T11:59:01Z","subject":"svc-orders","attempt":3}
time=2026-05-01T12:00:01.123Z level=ERROR source=/src/internal/secrets/loader.go:41 msg="secret not found" name=orders-db namespace=prod error="secrets \\"orders-db\\" not found"
2026/05/01 12:00:01 http: TLS handshake error from 10.0.0.9:51234: remote error: tls: bad certificate
panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x7a3f21]
main.(*KeyRing).Rotate(0xc0001{x6}, {0xc0002{x6}, 0x20, 0x20})
	/src/internal/keyring/rotate.go:57 +0x1d`,
  'Phoenix and Erlang': `12:00:01.123 request_id=F{A15} [info] POST /users/log_in
12:00:01.124 request_id=F{A15} [debug] Processing with AcmeWeb.UserSessionController.create/2
  Parameters: %{"_csrf_token" => "[FILTERED]", "user" => %{"email" => "[FILTERED]", "password" => "[FILTERED]"}}
[error] GenServer Acme.TokenCache terminating
** (stop) exited in: GenServer.call(Acme.Repo.Pool, {:checkout, #Reference<0.{d10}.{d9}.{d6}>}, 15000)
=CRASH REPORT==== 1-May-2026::12:00:01.123 === crasher: initial call: acme_token_server:init/1 pid: <0.812.0>`,
  'kubectl output': `NAME                          READY   STATUS             RESTARTS        AGE     IP            NODE
orders-api-{x10}-{a5}         0/1     CrashLoopBackOff   7 (2m1s ago)    14m     10.244.3.17   ip-10-0-3-4.eu-west-1.compute.internal
NAME                  TYPE                                  DATA   AGE
orders-db             Opaque                                3      41d
default-token-{a5}    kubernetes.io/service-account-token   3      210d
regcred               kubernetes.io/dockerconfigjson        1      210d
    Environment:
      DB_PASSWORD:  <set to the key 'password' in secret 'orders-db'>  Optional: false
      JWT_SECRET:   <set to the key 'jwt' in secret 'orders-auth'>     Optional: false
      LOG_LEVEL:    info
    Mounts:
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-{a5} (ro)
Events:
  Warning  FailedMount  2m    kubelet  MountVolume.SetUp failed for volume "tls-secret" : secret "orders-tls" not found
  Normal   Pulled       2m    kubelet  Container image "r.acme.io/orders@sha256:{x64}" already present on machine
      valueFrom:
        secretKeyRef:
          name: orders-db
          key: password
  tokenExpirationSeconds: 3607
  uid: {x8}-{x4}-{x4}-{x4}-{x12}
  resourceVersion: "{d9}"`,
  'Terraform plan': `  # aws_secretsmanager_secret.db will be updated in-place
  ~ resource "aws_secretsmanager_secret" "db" {
        id                             = "arn:aws:secretsmanager:eu-west-1:{d12}:secret:prod/orders/db-{A6}"
        name                           = "prod/orders/db"
      ~ recovery_window_in_days        = 7 -> 30
    }
  + resource "aws_iam_access_key" "ci" {
      + encrypted_secret               = (known after apply)
      + id                             = (known after apply)
      + secret                         = (sensitive value)
      + ses_smtp_password_v4           = (sensitive value)
    }
  ~ resource "aws_db_instance" "main" {
      ~ password                       = (sensitive value)
        kms_key_id                     = "arn:aws:kms:eu-west-1:{d12}:key/{x8}-{x4}-{x4}-{x4}-{x12}"
        ca_cert_identifier             = "rds-ca-rsa2048-g1"
        master_user_secret             = []
    }
Plan: 1 to add, 2 to change, 0 to destroy.`,
  'CI log': `Run actions/checkout@{x40}
  with:
    token: ***
    ssh-key: 
    persist-credentials: true
Cache restored from key: node-modules-Linux-{x64}
Set up Docker Buildx: docker/setup-buildx-action@{x40}
Login Succeeded! Credentials are stored in /home/runner/.docker/config.json
#12 sha256:{x64} 31.46MB / 52.43MB 0.9s
Uploading artifacts... ok: id={d10} responseStatus=201 Created token=64_{a4}
Error: Process completed with exit code 1.
Masking secret values: 14 registered
remote: Resolving deltas: 100% (12/12), completed with 8 local objects.
To github.com:acme/orders.git
   {x7}..{x7}  rotate-db-password -> rotate-db-password
sonar-scanner: ANALYSIS SUCCESSFUL, task id A{w19}`,
  'git log and blame': `commit {x40} (HEAD -> main, tag: v2.14.0, origin/main)
Merge: {x9} {x9}
Author: Jane Doe <jane@example.com>
Date:   Fri May 1 12:00:01 2026 +0200

    Rotate the API token of the billing service (#4711)

    The old token expired; the new one is read from BILLING_API_TOKEN.
    Change-Id: I{x40}
    Signed-off-by: Jane Doe <jane@example.com>
^{x7} (Jane Doe 2026-05-01 12:00:01 +0200 41)   const password = await prompt('Password: ');
{x8} src/auth/tokens.ts (Jane Doe 2026-05-01 12:00:01 +0200 42)   if (!token) throw new TokenMissingError(session.id);
 src/auth/passwordPolicy.ts | 14 ++++++++------`,
  'SQL plans': `Hash Join  (cost=33.38..62.84 rows=635 width=76) (actual time=0.412..1.023 rows=611 loops=1)
  Hash Cond: (users.password_version = tokens.version)
  ->  Index Scan using index_users_on_reset_password_token on users  (cost=0.28..8.29 rows=1 width=1402)
        Index Cond: ((reset_password_token)::text = $1)
        Filter: (api_key_hash IS NOT NULL)
| id | select_type | table | type | possible_keys | key | key_len | ref | rows | Extra |
|  1 | SIMPLE | tokens | ref | idx_token_user | idx_token_user | 8 | orders.users.id | 12 | Using where |
ERROR:  duplicate key value violates unique constraint "tokens_pkey"
DETAIL:  Key (id)=(4711) already exists.
CREATE INDEX CONCURRENTLY index_sessions_on_token_digest ON sessions USING btree (token_digest);
LOG:  duration: 1203.114 ms  execute <unnamed>: UPDATE users SET password_digest = $1, updated_at = $2 WHERE id = $3`,
  'npm and yarn locks': `    "node_modules/jsonwebtoken": {
      "version": "9.0.2",
      "resolved": "https://registry.example/jsonwebtoken/-/jsonwebtoken-9.0.2.tgz",
      "integrity": "sha512-{b86}==",
"@aws-sdk/credential-provider-node@npm:3.600.0":
  version: 3.600.0
  resolution: "@aws-sdk/credential-provider-node@npm:3.600.0"
  checksum: 10c0/{x128}
registry-auth-token@^5.0.2:
  resolved "https://registry.example/registry-auth-token/-/registry-auth-token-5.0.2.tgz#{x40}"
  integrity sha512-{b86}==
  /secret-stack@6.4.1:
    resolution: {integrity: sha512-{b86}==}`,
  'Other locks': `github.com/golang-jwt/jwt/v5 v5.2.1 h1:{b43}=
github.com/golang-jwt/jwt/v5 v5.2.1/go.mod h1:{b43}=
name = "secrecy"
checksum = "{x64}"
    {file = "python_jose-3.3.0-py2.py3-none-any.whl", hash = "sha256:{x64}"},
cryptography==42.0.8 --hash=sha256:{x64}
    devise (4.9.4)
    jwt (2.8.1)
  simple_token_authentication (1.18.1) sha256={x64}
            "dist": {"type": "zip", "url": "https://api.example/zipball/{x40}", "reference": "{x40}", "shasum": ""},
      "contentHash": "{b86}==",
      "hash": "sha256-{b43}=",
  - FirebaseAuth (10.28.0): {x40}
    sha256: "{x64}"
"Microsoft.IdentityModel.Tokens": {"type": "Transitive", "resolved": "7.6.0", "contentHash": "{b86}=="}`,
  TypeScript: `export interface Credentials { readonly username: string; readonly password: string; readonly otp?: string }
const token = await this.tokens.issue(user.id, { audience: 'orders', expiresIn: '15m' });
if (request.headers.authorization?.startsWith('Bearer ') !== true) return unauthorized('missing_token');
const passwordSchema = z.string().min(12, 'Password must have at least 12 characters').regex(/[0-9]/);
process.env.JWT_SECRET ?? fail('JWT_SECRET is not set');
export const SECRET_KEYS = ['password', 'token', 'apiKey', 'clientSecret'] as const;
const key = \`orders:\${orderId}:lock\`; await redis.set(key, token, 'PX', 30_000, 'NX');
  it('rejects a wrong password', async () => { await login('jane', 'wrong'); });
localStorage.setItem('access_token', response.data.accessToken);
const hash = createHash('sha256').update(secret).digest('hex');`,
  Python: `    password = getpass.getpass("Password: ")
    api_key = os.environ["PAYMENTS_API_KEY"]
    token: str | None = Field(default=None, description="Bearer token")
    raise AuthenticationError(f"token for {user_id} expired at {expires_at:%Y-%m-%d}")
    assert client.post("/login", json={"password": password}).status_code == 200
SECRET_KEY = config("SECRET_KEY")
    def check_password(self, raw_password: str) -> bool:
        return secrets.compare_digest(self.token_hash, sha256(token.encode()).hexdigest())
for key, value in sorted(headers.items()):
    keyring.get_password("orders", username)`,
  'Java and Kotlin': `private final PasswordEncoder passwordEncoder = new BCryptPasswordEncoder(12);
@Value("\${app.jwt.secret}") private String jwtSecret;
String token = Jwts.builder().subject(user.getId()).signWith(key, Jwts.SIG.HS256).compact();
public record TokenResponse(String accessToken, String refreshToken, long expiresIn) {}
val secretKey: SecretKey = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey()
throw BadCredentialsException("Invalid username or password")
UsernamePasswordAuthenticationToken authentication = new UsernamePasswordAuthenticationToken(username, password);
request.getSession().setAttribute("SPRING_SECURITY_CONTEXT", context);`,
  'Go, Rust, C#, Ruby, PHP': `token, err := jwt.ParseWithClaims(raw, &Claims{}, func(t *jwt.Token) (any, error) { return key, nil })
cfg.Password = os.Getenv("DB_PASSWORD")
let secret = env::var("JWT_SECRET").context("JWT_SECRET must be set")?;
pub struct Credentials { pub username: String, #[serde(skip)] pub password: SecretString }
var token = await _tokenService.CreateTokenAsync(user, cancellationToken);
services.Configure<JwtOptions>(configuration.GetSection("Jwt"));
has_secure_password validations: false
validates :password, presence: true, length: { minimum: 12 }, if: :password_required?
$user->forceFill(['password' => Hash::make($password), 'remember_token' => Str::random(60)])->save();
if (!Hash::check($request->input('password'), $user->password)) { throw ValidationException::withMessages(['email' => __('auth.failed')]); }`,
  'C, Swift, Scala, shell': `static int verify_password(const char *user, const char *password, size_t password_len);
#define MAX_TOKEN_LENGTH 4096
let query: [String: Any] = [kSecClass as String: kSecClassGenericPassword, kSecAttrAccount as String: account]
guard let token = keychain.string(forKey: "accessToken") else { throw AuthError.missingToken }
final case class Token(value: String, expiresAt: Instant)
read -r -s -p "Password: " password && echo
export DB_PASSWORD="\${DB_PASSWORD:?set it}"
kubectl get secret orders-db -o jsonpath='{.data.password}' | base64 -d
curl -fsS -H "Authorization: Bearer $TOKEN" "https://api.acme.io/v1/orders?limit=10"
vault kv get -field=password secret/orders/db
docker login -u "$CI_USER" -p "$CI_TOKEN" r.acme.io`,
  'Configuration with references': `password: \${DB_PASSWORD}
api_key: {{ .Values.apiKey | quote }}
client_secret: "{{ lookup('env', 'CLIENT_SECRET') }}"
token: \${{ secrets.GITHUB_TOKEN }}
password: !Sub '{{resolve:secretsmanager:\${Secret}:SecretString:password}}'
secret: vault:secret/data/orders#password
spring.datasource.password=\${DB_PASSWORD:}
DB_PASSWORD=
DB_PASSWORD=<your password>
JWT_SECRET=changeme
passwordSecretRef: {name: orders-db, key: password}
existingSecret: orders-db
secretName: orders-tls
keyAlias: alias/aws/secretsmanager`,
  Prose: `The incident began at 02:41 UTC when the token service stopped renewing its certificates.
Passwords must have 12 characters, one digit and one of these signs: ! # $ %.
If you forgot your password, use the link in the mail; it is valid for 30 minutes.
Step 3: create a secret named orders-db with the keys username and password, then restart the pods.
The API key is read from the environment; if it is missing, the service answers 503.
We saw 1,204 failed logins from 17 addresses in 5 minutes, all with the same password policy error.
Das Passwort muss mindestens 12 Zeichen haben und darf nicht abgelaufen sein.
Le mot de passe doit contenir au moins 12 caractères, dont 2 chiffres.
La contraseña debe tener 8 caracteres como mínimo y no puede ser la misma de antes.
Key takeaways: 1. token refresh has no jitter 2. secrets are cached for 24h 3. alerts fired 11 minutes late
The secret to a good postmortem is that nobody is blamed.
Senha inválida: tente novamente em 30 segundos. A senha expira em 90 dias.
Use code FIX2026 in the commit title. PIN the dependency to v4.17.21. Seed: 12345 for the shuffle.`,
  'Stack traces': `TypeError: Cannot read properties of undefined (reading 'accessToken')
    at AuthService.refreshToken (/srv/app/dist/auth/auth.service.js:112:41)
    at /srv/app/node_modules/@smithy/property-provider/dist-cjs/index.js:97:27
    at async resolveCredentials (webpack-internal:///(rsc)/./node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveProfileData.js:7:15)
CredentialsProviderError: Could not load credentials from any providers
Traceback (most recent call last):
  File "/srv/app/orders/keys.py", line 31, in load_private_key
    key = serialization.load_pem_private_key(pem, password=None)
ValueError: Could not deserialize key data. The data may be in an incorrect format, the provided password may be incorrect.
System.Security.Cryptography.CryptographicException: The specified network password is not correct.
   at System.Security.Cryptography.X509Certificates.CertificatePal.FromBlob(ReadOnlySpan\`1 rawData, SafePasswordHandle password, X509KeyStorageFlags keyStorageFlags)
  0: std::panicking::begin_panic_handler at /rustc/{x40}/library/std/src/panicking.rs:645:5
  7: orders::secrets::SecretStore::get::h{x16}`,
  'Traces, metrics and ids': `traceparent: 00-{x32}-{x16}-01
X-B3-TraceId: {x32} X-B3-SpanId: {x16} uber-trace-id: {x32}:{x16}:{x16}:1
http_server_requests_seconds_count{method="POST",status="401",uri="/oauth/token",} 1204.0
token_bucket_tokens{bucket="orders"} 0 1777636801123
user_{A27} org_{A27} sess_{A27} req_{A24} msg_{A24} evt_{A24}
01J{U23} 01K{U23} {A21} {x24} {x40}
s3://acme-orders-backup/2026/05/01/{x8}-{x4}-{x4}-{x4}-{x12}/part-00000-{x8}.snappy.parquet
arn:aws:iam::{d12}:role/orders-secrets-reader arn:aws:secretsmanager:eu-west-1:{d12}:secret:prod/db-{A6}
projects/acme/secrets/db-password/versions/latest
https://acme.vault.azure.net/secrets/db-password/{x32}
ETag: "{x32}-12" Last-Modified: Fri, 01 May 2026 12:00:01 GMT
CF-Ray: {x16}-FRA X-Amzn-Trace-Id: Root=1-{x8}-{x24} x-amz-id-2: {b70}=
digest: sha256:{x64} size: 1997 mediaType: application/vnd.oci.image.manifest.v1+json
orders.{x20}.chunk.js {x8}.{x20}.js main.{x8}.css.map`,
  'Certificates and hosts': `-----BEGIN CERTIFICATE-----
MIID{b60}
{b64}
{b64}
-----END CERTIFICATE-----
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43} jane@laptop
|1|{b27}=|{b27}= ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ{b300}
256 SHA256:{b43} root@db-1 (ED25519)
subject=CN = *.acme.io issuer=C = US, O = Let's Encrypt, CN = R11 serial={X36}
Public-Key: (2048 bit) Exponent: 65537 (0x10001) Signature Algorithm: sha256WithRSAEncryption
peer: {b43}=  endpoint: 10.0.0.9:51820  latest handshake: 41 seconds ago`,
  'Servers and system': `May  1 12:00:01 db-1 sshd[{d5}]: Accepted publickey for deploy from 10.0.0.9 port 51234 ssh2: ED25519 SHA256:{b43}
May  1 12:00:01 db-1 sudo: pam_unix(sudo:auth): authentication failure; logname= uid=1000 euid=0 tty=/dev/pts/0 ruser=deploy rhost=  user=deploy
kernel: audit: type=1400 audit(1777636801.123:{d5}): apparmor="DENIED" operation="open" profile="/usr/sbin/mysqld" name="/etc/ssl/private/key.pem" pid={d5}
nginx: [emerg] cannot load certificate key "/etc/nginx/tls/private.key": BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory)
postgres[{d5}]: [3-1] LOG:  connection authorized: user=app database=orders SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)
redis: # Warning: no config file specified. WRONGPASS invalid username-password pair or user is disabled.
rabbitmq: 2026-05-01 12:00:01.123 [error] <0.{d4}.0> PLAIN login refused: user 'orders' - invalid credentials
kafka: [Consumer clientId=orders-1, groupId=orders] Group coordinator lookup failed: SaslAuthenticationException: Authentication failed: Invalid username or password
mysqld: [Warning] [MY-010055] [Server] IP address '10.0.0.9' could not be resolved: Name or service not known
10.0.0.9 - jane [01/May/2026:12:00:01 +0000] "GET /login?next=%2Forders%2F4711%3Ftab%3Ditems&lang=de HTTP/2.0" 200 5123 "https://acme.io/" "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"`,
};

/** The texts with fresh ids and digests, repeated: `rounds` times each, as lines. */
export function everydayLines(rounds: number, seed: number): string[] {
  const random = randomFrom(seed);
  return Array.from({ length: rounds }, () =>
    Object.values(everydayText).flatMap((text) => fill(text, random).split('\n')),
  ).flat();
}
