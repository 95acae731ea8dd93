import { fill, randomFrom } from './samples.ts';

/**
 * A fourth set of what holds no secret, written apart from the rules and before they were tried on it: events of clusters,
 * sources of many languages, tests, diffs, lock files, tickets, and what tools print about secrets without one in it.
 */
const freshOrdinary: Readonly<Record<string, string>> = {
  'cluster events': `LAST SEEN   TYPE      REASON              OBJECT                                MESSAGE
2m11s       Warning   FailedMount         pod/orders-{x10}-{a5}          MountVolume.SetUp failed for volume "kube-api-access-{a5}" : object "prod"/"kube-root-ca.crt" not registered
41s         Warning   Failed              pod/orders-{x10}-{a5}          Error: couldn't find key DB_PASSWORD in Secret prod/orders-db
3m          Normal    Pulled              pod/web-{x10}-{a5}             Successfully pulled image "registry.acme.io/web@sha256:{x64}" in 1.2s
12s         Warning   Unhealthy           pod/auth-{x10}-{a5}            Readiness probe failed: Get "http://10.1.2.3:8080/healthz?verbose": context deadline exceeded
default     4m        Normal   SuccessfulCreate  replicaset/token-service-{x10}  Created pod: token-service-{x10}-{a5}
I0501 12:00:01.123456       1 token_controller.go:412] "Token secret is missing, creating" serviceaccount="prod/orders"
E0501 12:00:02.654321       1 authentication.go:73] "Unable to authenticate the request" err="[invalid bearer token, service account token has expired]"
W0501 12:00:03.000001       7 reflector.go:547] object-"prod"/"orders-tls": failed to list *v1.Secret: secrets "orders-tls" is forbidden: User "system:node:ip-10-0-1-23" cannot list resource "secrets"
    uid: {x8}-{x4}-{x4}-{x4}-{x12}
    resourceVersion: "{d9}"
    checksum/config: {x64}
    pod-template-hash: {x10}
    secretKeyRef: {name: orders-db, key: password}
      secretName: orders-tls-{x10}
      defaultMode: 420
    Mounts: /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-{a5} (ro)
    Tokens: 1, orders-token-{a5}
    containerID: containerd://{x64}
    imagePullSecrets: [{name: regcred}]
    serviceAccountToken: {expirationSeconds: 3607, path: token}
    SESSION_SECRET:  <set to the key 'session' in secret 'web-{x6}'>  Optional: false`,
  'service logs': `{"ts":1714564800.123,"lvl":"warn","logger":"auth","msg":"token rejected","reason":"aud mismatch","kid":"{x8}-{x4}-{x4}-{x4}-{x12}","trace_id":"{x32}","span_id":"{x16}"}
2026-05-01 12:00:00,123 [http-nio-8080-exec-7] WARN  c.a.s.JwtFilter - JWT signature does not match locally computed signature, key=prod-2026-04, alg=RS256
level=error ts=2026-05-01T12:00:00Z caller=dedupe.go:112 component=remote msg="Failed to send batch" err="server returned HTTP status 401 Unauthorized: invalid token"
time="2026-05-01T12:00:00Z" level=info msg="secret rotated" secret=orders-db version={x8}-{x4}-{x4}-{x4}-{x12} next=2026-06-01
[2026-05-01 12:00:00.123] [orders] [error] password check took 412ms (bcrypt cost 12), user_id=4711 session_age=3600
12:00:00.123 [error] GenServer {Acme.TokenCache, :refresh} terminating ** (stop) :timeout
12:00:00.124 request_id=F{w19} [info] POST /api/sessions Sent 401 in 12ms
May  1 12:00:00 web1 sshd[4711]: Accepted publickey for deploy from 10.0.0.7 port 51234 ssh2: ED25519 SHA256:{b43}
May  1 12:00:01 web1 sudo: pam_unix(sudo:auth): authentication failure; logname=jane uid=1000 euid=0 tty=/dev/pts/0 ruser=jane rhost=  user=jane
May  1 12:00:02 web1 kernel: audit: type=1400 apparmor="DENIED" operation="open" profile="snap.vault" name="/etc/vault/token" pid=4711 comm="vault"
{"@timestamp":"2026-05-01T12:00:00.000Z","message":"Pass 2 of 3: key=value pairs parsed","thread":"worker-3","amzn-RequestId":"{x8}-{x4}-{x4}-{x4}-{x12}","correlation_key":"order-4711"}
ts=2026-05-01T12:00:00Z token_count=1841 completion_tokens=212 prompt_tokens=1629 max_tokens=4096 model=claude-x cache_key=v3:orders:4711
ERROR: duplicate key value violates unique constraint "api_keys_key_id_idx" DETAIL: Key (key_id)=(4711) already exists.
ERROR: duplicate key value violates unique constraint "sessions_token_key" DETAIL: Key (id, tenant)=({x8}-{x4}-{x4}-{x4}-{x12}, acme) already exists.
LOG:  duration: 812.123 ms  execute <unnamed>: SELECT id, token_hash FROM api_tokens WHERE token_hash = $1 AND revoked_at IS NULL
1714564800.123456 [0 10.0.0.7:51234] "GET" "session:4711:profile"
[info] AUTH failed: WRONGPASS invalid username-password pair or user is disabled.
kafka.server: [SocketServer listenerType=ZK_BROKER, nodeId=3] Failed authentication with /10.0.0.7 (channelId=10.0.0.1:9092-10.0.0.7:51234-{d3}) (Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512)
consumer group orders-v2, member consumer-orders-3-{x8}-{x4}-{x4}-{x4}-{x12}, generation 41, assignment key hash {d9}
nginx: 10.0.0.7 - - [01/May/2026:12:00:00 +0000] "POST /oauth2/token HTTP/2.0" 400 112 "-" "okhttp/4.12.0" "{x32}" rt=0.012
envoy: [2026-05-01T12:00:00.123Z] "POST /acme.auth.v1.TokenService/Exchange HTTP/2" 200 - via_upstream - "-" 412 918 7 6 "-" "grpc-go/1.60.1" "{x8}-{x4}-{x4}-{x4}-{x12}" "auth:50051" "10.1.2.3:50051"
traceparent: 00-{x32}-{x16}-01
x-amz-cf-id: {w54}==
x-request-id: {x32}
x-vercel-id: fra1::iad1::{a5}-{d13}-{x12}
cf-ray: {x16}-FRA
etag: W/"{x3}-{b27}"
last-event-id: {d13}-0
x-ratelimit-remaining-tokens: 149984
report-to: {"endpoints":[{"url":"https://a.nel.cloudflare.com/report/v4?s={A90}%3D%3D"}],"group":"cf-nel","max_age":604800}`,
  sources: `const token = await getToken({ audience: process.env.AUTH_AUDIENCE, scope: 'orders:read' });
if (!password || password.length < MIN_PASSWORD_LENGTH) throw new ValidationError('password', 'too short');
export const selectAuthToken = (state: RootState): string | undefined => state.auth.session?.accessToken;
  password: z.string().min(12).max(128).regex(/[A-Z]/).regex(/[0-9]/),
  apiKey: process.env['ACME_API_KEY'] ?? config.get('acme.apiKey'),
  private readonly secretKey = this.config.getOrThrow<string>('JWT_SECRET_KEY');
  @Value("\${app.security.jwt.secret}") private String jwtSecret;
  spring.datasource.password=\${DB_PASSWORD:}
  String token = request.getHeader("Authorization").replace("Bearer ", "");
  var key = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration["Jwt:Key"]));
  services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(o => o.TokenValidationParameters = tokenValidationParameters);
  password = getpass.getpass("Password for %s: " % user)
  secret = boto3.client("secretsmanager").get_secret_value(SecretId=f"{stage}/orders/db")["SecretString"]
  key = hashlib.sha256(f"{tenant}:{path}".encode()).hexdigest()[:16]
  parser.add_argument("--api-key", default=os.getenv("API_KEY"), help="API key (default: $API_KEY)")
  hashed_password = pwd_context.hash(form.password.get_secret_value())
  token := r.Header.Get("X-Auth-Token"); if token == "" { return ErrMissingToken }
  cfg.Password = os.Getenv("DB_PASSWORD") // from the vault agent
  secretRef := &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "orders-db"}, Key: "password"}
  let api_key = std::env::var("API_KEY").context("API_KEY is not set")?;
  #[serde(rename = "accessToken", skip_serializing_if = "Option::is_none")] pub access_token: Option<SecretString>,
  password_digest = BCrypt::Password.create(params[:password], cost: 12)
  config.secret_key_base = Rails.application.credentials.secret_key_base
  $token = $request->bearerToken() ?? $request->input('api_token');
  'password' => ['required', 'confirmed', Password::min(12)->mixedCase()->uncompromised()],
  <input type="password" name="password" autocomplete="current-password" placeholder="••••••••" minlength="12">
  <label for="api-key">API key</label><input id="api-key" value={apiKey} onChange={(e) => setApiKey(e.target.value)} />
  <meta name="csrf-token" content="{{ csrf_token() }}">
  CREATE TABLE api_tokens (id uuid PRIMARY KEY, token_hash bytea NOT NULL, secret_last4 char(4), created_at timestamptz DEFAULT now());
  ALTER TABLE users ADD COLUMN password_changed_at timestamptz, DROP COLUMN password_hint;
  GRANT SELECT ON api_keys TO reporting; -- no secret columns
  resource "random_password" "db" { length = 32, special = true, override_special = "!#%&*()-_=+[]{}<>:?" }
  password = data.aws_secretsmanager_secret_version.db.secret_string
  token: \${{ secrets.GITHUB_TOKEN }}
  password: \${{ steps.login.outputs.docker_password_registry_acme_io }}
  ARG NPM_TOKEN
  RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
  - POSTGRES_PASSWORD_FILE=/run/secrets/pg_password
  val credentials = Credentials(Path.userHome / ".sbt" / ".credentials")
  keystore_password: "{{ vault_keystore_password | mandatory }}"
  KEY_ALIAS=upload KEY_TYPE=RSA KEY_SIZE=4096 KEY_VALIDITY=10000
  func TestRefreshTokenIsRotated(t *testing.T) { t.Parallel() }
  const PASSWORD_RESET_TOKEN_TTL_MS = 15 * 60 * 1000;
  enum TokenKind { Identifier = 1, StringLiteral = 2, NumericLiteral = 3, Keyword = 4 }
  return tokens.filter((token) => token.type !== 'whitespace').map((token) => token.value);
  case SyntaxKind.OpenBraceToken: return parseBlock();
  cache.put(CacheKey.of("orders", tenantId, page), value, Duration.ofMinutes(5));
  mov     rax, qword ptr [rip + __security_cookie]
  static const uint8_t kTestVector[16] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};
  !function(e,t){"object"==typeof exports?module.exports=t():e.Auth=t()}(this,function(){var e={token:null,key:function(n){return n.keyCode||n.which},secret:void 0};return e});`,
  'lock files and digests': `    "node_modules/jsonwebtoken": {"version": "9.0.2", "resolved": "https://registry.example.org/jsonwebtoken/-/jsonwebtoken-9.0.2.tgz", "integrity": "sha512-{b86}=="},
    "integrity": "sha1-{b27}=",
passport-local@^1.0.0:
  version "1.0.0"
  resolved "https://registry.example.org/passport-local/-/passport-local-1.0.0.tgz#{x40}"
  "@types/passport@npm:^1.0.16":
  checksum: 10c0/{x128}
  resolution: "keytar@npm:7.9.0"
 /token-types@6.0.0:
    resolution: {integrity: sha512-{b86}==}
golang.org/x/crypto v0.21.0 h1:{b43}=
github.com/golang-jwt/jwt/v5 v5.2.1/go.mod h1:{b43}=
checksum = "{x64}"
keyring==25.2.1 --hash=sha256:{x64} \\
    --hash=sha256:{x64}
{ url = "https://files.example.org/packages/{x2}/{x2}/{x60}/pyjwt-2.8.0.tar.gz", hash = "sha256:{x64}" },
  bcrypt (3.1.20)
  specs: devise (4.9.4) orm_adapter (~> 0.1) warden (~> 1.2.3)
SPDXID: SPDXRef-Package-npm-keyv-{x16}
{x64}  orders-1.2.3.tar.gz
{x32}  ./etc/ssl/openssl.cnf
SHA256 (token.go) = {x64}
index {x7}..{x7} 100644
commit {x40} (HEAD -> main, tag: v1.2.3)
Merge: {x7} {x7}
Co-authored-by: Token Bot
+++ b/src/auth/passwordReset.ts
@@ -41,7 +41,9 @@ export class ApiKeyService {
-    const key = keys.find((k) => k.id === id);
+    const key = await this.keys.findOne({ where: { id, revokedAt: IsNull() } });
+    if (key === undefined) throw new UnknownKey(id);
 create mode 100644 secrets/README.md
 rename {src => lib}/token/parse.ts (97%)
 3 files changed, 41 insertions(+), 7 deletions(-)
Binary files a/media/key.png and b/media/key.png differ
sha256:{x64} sha512:{x128} md5:{x32}
key fingerprint: {X4} {X4} {X4} {X4} {X4}  {X4} {X4} {X4} {X4} {X4}
gpg: Signature made Fri 01 May 2026 using RSA key {X40}
gpg: Good signature from "Release Key" [unknown]
Subject Key Identifier: {X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}
Serial Number: {x2}:{x2}:{x2}:{x2}:{x2}:{x2}:{x2}:{x2}:{x2}:{x2}
data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{b200}
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbInNyYy90b2tlbi50cyJd{b80}
mappings: "AAAA,SAASA,MAAMC,GAAWC,{L60};{L40},{L12}"`,
  'tests and tools': `  ✓ rejects an expired token (14 ms)
  ✕ resets the password when the code is right (212 ms)
    Expected: "password must be at least 12 characters"
    Received: "password is required"
    expect(received).toBe(expected) // Object.is equality: key order does not matter
FAILED tests/test_tokens.py::test_rotate_secret[hs256] - AssertionError: assert 'expired' == 'active'
--- FAIL: TestPasswordPolicy/short (0.00s) policy_test.go:41: got nil, want error
org.opentest4j.AssertionFailedError: expected: <TOKEN_EXPIRED> but was: <TOKEN_INVALID>
  1) SessionsController POST /login with a wrong password returns 401
Cypress: cy:command ✔ get input[name=password]
Test password_reset_test.exs:41 took 1.2s
ok  	acme.io/orders/internal/secret	0.412s	coverage: 81.2% of statements
src/auth/token.ts(41,7): error TS2322: Type 'string | undefined' is not assignable to type 'AccessToken'.
error[E0308]: mismatched types --> src/secret.rs:41:9 expected \`SecretString\`, found \`String\`
src/main/java/Token.java:41: error: cannot find symbol: variable SECRET_KEY
CS8618: Non-nullable property 'Password' must contain a non-null value when exiting constructor.
warning: unused variable: \`api_key\` --> src/lib.rs:7:9
[eslint] 41:7 error 'accessToken' is assigned a value but never used no-unused-vars
Bandit: B105:hardcoded_password_string Possible hardcoded password: '' Severity: Low
gitleaks: 12 commits scanned. no leaks found
trufflehog: verified_secrets: 0, unverified_secrets: 0, scan_duration: 1.2s
trivy: CVE-2026-12345 jsonwebtoken HIGH 8.5.1 fixed in 9.0.0: secret or public key confusion
npm warn deprecated passport-saml@3.2.4: For versions >= 4, use scope @node-saml
Bundle size: auth.{x8}.js 41.2 kB, vendor~token.{x20}.js 212 kB
chunk-{U8}.js | keychain | 12.41 kB | 3.12 kB
Lighthouse: password-inputs-can-be-pasted-into pass 1.00
password:   [hidden]
Enter passphrase for key '/home/jane/.ssh/id_ed25519':
Your identification has been saved in /home/jane/.ssh/id_ed25519
The key's randomart image is:
+--[ED25519 256]--+
|  .o+*B=.. o.    |
usage: login [-h host] [-p password] [--token TOKEN] user
  -k, --key KEY        path of the private key (default: ~/.ssh/id_rsa)
  --password-stdin     take the password from stdin
error: the following required arguments were not provided: --api-key <API_KEY>
vault: Error making API request. URL: GET http://127.0.0.1:8200/v1/auth/token/lookup-self Code: 403. Errors: * permission denied
aws: An error occurred (ExpiredTokenException) when calling the GetCallerIdentity operation: The security token included in the request is expired
az: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{x8}-{x4}-{x4}-{x4}-{x12}'. Trace ID: {x8}-{x4}-{x4}-{x4}-{x12}
gcloud: ERROR: (gcloud.auth.print-access-token) There was a problem refreshing your current auth tokens: invalid_grant: Bad Request
stripe: No such payment_intent: 'pi_{A24}'; request req_{A14}; see idempotency key {x8}-{x4}-{x4}-{x4}-{x12}
Terraform: random_password.db: Refreshing state... [id=none]
aws_kms_key.main: Modifying... [id={x8}-{x4}-{x4}-{x4}-{x12}]
aws_iam_access_key.ci: Destruction complete after 1s
module.db.aws_db_instance.this[0]: Still creating... [2m10s elapsed]`,
  'figures and identities': `order 4711 shipped, tracking 1Z{U6}{d10}, invoice INV-2026-{d6}, phone 030 12345678
build {d10} at {d13} ns={d19} pid=4711 tid={d15} seq={d12}
ulid=01H{U23} ksuid={A27} nanoid={w21} cuid=c{a24} objectid={x24} snowflake={d18}
arn:aws:lambda:eu-west-1:123456789012:function:rotate-secret:41
arn:aws:kms:eu-west-1:123456789012:key/{x8}-{x4}-{x4}-{x4}-{x12}
i-{x17} vpc-{x17} subnet-{x17} sg-{x17} eni-{x17} vol-{x17} ami-{x17}
projects/acme/locations/global/keyRings/main/cryptoKeys/orders/cryptoKeyVersions/4
/subscriptions/{x8}-{x4}-{x4}-{x4}-{x12}/resourceGroups/prod/providers/Microsoft.KeyVault/vaults/acme-kv
partition=3 offset={d9} key=order-{d6} timestamp={d13} headers=[source=checkout]
lat=52.520008 lon=13.404954 geohash=u33{a6} tile=14/8802/5373
v=spf1 include:_spf.acme.io ~all; dkim selector s1._domainkey p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCB{b120}
ISBN 978-3-16-148410-0, EAN {d13}, part no. {U4}-{d4}-{U2}, rev C
MAC {x2}:{x2}:{x2}:{x2}:{x2}:{x2} IPv6 fe80::{x4}:{x4}:{x4}:{x4} port 443
core dumped: 0x{x16} in tokenizer::next() at ../src/tok.cc:41, rip=0x{x16}
heap 0x{x12}-0x{x12} rss=412MB gc=41 pause=12ms p99=812ms
https://app.acme.io/orders/{x24}?utm_source=mail&utm_campaign=spring-2026&gclid=Cj0KCQ{w80}&fbclid=IwAR{w56}
https://www.acme.io/_next/static/chunks/pages/reset-password-{x16}.js
https://github.com/acme/orders/commit/{x40}
https://acme.atlassian.net/browse/SEC-4711?focusedCommentId=12345
https://sentry.acme.io/organizations/acme/issues/{d10}/events/{x32}/
https://grafana.acme.io/d/{a9}/auth-tokens?orgId=1&from={d13}&to={d13}&var-key=All
https://docs.acme.io/api/authentication#passwords-and-api-keys
/srv/app/releases/20260501120000/config/secrets/README.md
s3://acme-prod-logs/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/2026/05/01/123456789012_elb_app.{x16}_20260501T1200Z_{a8}.log.gz
C:\\Users\\jane\\AppData\\Local\\Packages\\Microsoft.Token_8wekyb3d8bbwe\\Settings
at Acme.Security.PasswordHasher.Verify(String password, String hash) in /src/PasswordHasher.cs:line 41
at com.acme.auth.TokenService$$EnhancerBySpringCGLIB$$1a2b3c4d.refresh(<generated>)
    at async ApiKeyGuard.canActivate (/srv/app/dist/auth/api-key.guard.js:41:21)`,
  'people writing': `Jane: the token expired at 12:03, so every call got 401 until the refresh at 12:17
Bob: did you rotate the key? I see v12 in the vault but v11 in prod
Jane: yes, password was changed on 2026-04-30 and the old one is gone
Please reset your password within 24h, ticket SEC-4711, see runbook 12b
The secret is mounted at /run/secrets/db and read once at 2026-05-01T12:00:00Z
We keep credentials in 1Password, item "orders prod db (2026)", ask #team-sre-2
Action items: 1. rotate signing key 2026-Q2 2. alert on token_errors > 100/min 3. document key rotation
The API key has 32 characters, the token 64, the password at least 12
Passwort vergessen? Link gültig bis 12:30 Uhr, Ticket 4711-B
Das Token ist abgelaufen (exp=1714564800, now=1714568400), bitte neu anmelden
Le mot de passe doit contenir au moins 12 caractères dont 2 chiffres
La contraseña caduca en 90 días, usuario jane_2, intento 3/5
A senha expirou em 01/05/2026 às 12h30, código de erro E4711
パスワードは8文字以上で入力してください (エラー E1042)
密码错误次数过多，请在30分钟后重试 code=AUTH_423
Пароль истёк 01.05.2026, осталось 3 попытки
| 12:03 | token errors 412/min | jane | rotated key v12 |
- [x] PASSWORD_PEPPER moved to KMS (PR 4711, commit {x7})
> key takeaways: p95 812ms -> 214ms, tokens/s 41 -> 97
"auth" (v2.3.1): key exchange fails on OpenSSL 3.2.1, works with 3.0.13
The pass rate went from 97.2 % to 99.1 % after build 20260501.4
Serial: keys 1 to 4711 were migrated, 12 keys failed with E_KEY_TOO_LONG
access code path: if (token.isExpired()) -> refresh (line 41) -> retry x3
Basic auth will be disabled on 2026-06-01, use OAuth2 instead
the cookie banner A/B test (variant B2) lifts sign-in by 4.1%`,
};

/** Lines of the set, each template filled `times` times: none holds a secret. */
export function freshLines(times: number, seed: number): string[] {
  const random = randomFrom(seed);
  return Array.from({ length: times }).flatMap(() =>
    Object.values(freshOrdinary).flatMap((template) => fill(template, random).split('\n')),
  );
}
