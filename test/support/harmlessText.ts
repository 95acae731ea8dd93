import { fill, randomFrom } from './samples.ts';

/**
 * A third set of what holds no secret, written apart from the rules and after them: ten kinds of text in which names of
 * secrets, long numbers and odd words stand side by side with nothing to hide.
 */
const harmlessText: Readonly<Record<string, string>> = {
  'tables in documents': `| Variable | Required | Default | What it does |
|---|---|---|---|
| DB_PASSWORD | yes | none | Password of the database, from the vault |
| API_KEY | yes | \`<unset>\` | Key of the payment provider, rotated every 90d |
| TOKEN_TTL | no | 3600s | Seconds until a session token expires |
| JWT_ALGORITHM | no | RS256 | See RFC7519 |
| MAX_TOKENS | no | 4096 | Most tokens of an answer |
| KEY_PREFIX | no | app:v2: | Before each key of the cache |
| secret | string | 3.1.0 | deprecated since 2.9 |

| token | count | share |
|-------|-------|-------|
| the   | 18231 | 4.1%  |
| of    | 9120  | 2.0%  |

 Name                | Type   | Age  | Data
---------------------+--------+------+------
 orders-db-password  | Opaque | 41d  | 2
 regcred             | dockerconfigjson | 12d | 1`,
  'plans of infrastructure': `Terraform will perform the following actions:
  # aws_secretsmanager_secret.db will be updated in-place
  ~ resource "aws_secretsmanager_secret" "db" {
        id                      = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-{A6}"
      ~ recovery_window_in_days = 7 -> 30
      ~ kms_key_id              = "alias/old" -> "alias/orders"
      ~ rotation_enabled        = false -> true
    }
  # aws_ssm_parameter.token will be created
  + resource "aws_ssm_parameter" "token" {
      + name  = "/prod/orders/token"
      + type  = "SecureString"
      + value = (sensitive value)
      ~ password = (sensitive value)
    }
  ~ resource "aws_instance" "app" {
      ~ ami           = "ami-{x17}" -> "ami-{x17}"
      ~ instance_type = "t3.small" -> "t3.large"
        key_name      = "deploy-2026"
    }
Plan: 1 to add, 2 to change, 0 to destroy.
Pulumi: ~ aws:iam/accessKey:AccessKey: (update) [urn=urn:pulumi:prod::orders::aws:iam/accessKey:AccessKey::ci]
CREATE_COMPLETE AWS::SecretsManager::Secret OrdersSecret arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-{A6}`,
  'chats and tickets': `jane: did anybody rotate the password?
bob: yes, see the runbook at /docs/rotate2.md
jane: which token?
bob: the one of the order-service
ops: is it the api key?
bob: no, the error was E4021 in payments
jane: pw for the box is in the vault, ask platform
bob: what was the secret?
jane: it never was one, look at INC-20417
> creds: ask the on-call
The password policy: at least 12 characters, one digit, one sign.
Steps: 1. log in as admin 2. open Keys 3. choose Rotate key v2
The token bucket had 40 tokens left at 12:04.
Root cause: the key column was VARCHAR(32), UUIDs need 36
JIRA-{d5} API key page answers 404 since build {d4}
wifi in room 4 / 5 is down since 10:30
SSID: office-5g  Channel: 36  Signal: 78%
pin the version to 2.4.1 please, code 137 means OOM`,
  'describes of clusters': `Name:         orders-{x10}-{a5}
Annotations:  checksum/secret: {x64}
              checksum/config: {x64}
              kubectl.kubernetes.io/restartedAt: 2026-05-01T12:00:00Z
    Environment:
      DB_PASSWORD:   <set to the key 'password' in secret 'orders-db'>  Optional: false
      API_TOKEN:     <set to the key 'token' in secret 'orders-api'>    Optional: false
      POD_UID:        {x8}-{x4}-{x4}-{x4}-{x12}
    Mounts:
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-{a5} (ro)
Volumes:
  tls:
    Type:        Secret (a volume populated by a Secret)
    SecretName:  orders-tls-{d4}
Events:
  Warning  FailedMount  2m  kubelet  MountVolume.SetUp failed for volume "secret-{d3}" : secret "orders-db" not found
  Normal   Pulled       1m  kubelet  Successfully pulled image "registry.acme.io/orders@sha256:{x64}" in 2.1s
kind: SecretProviderClass
metadata:
  resourceVersion: "{d9}"
  uid: {x8}-{x4}-{x4}-{x4}-{x12}
Token Reviews  authentication.k8s.io/v1  true  TokenReview`,
  sources: `const passwordField = form.querySelector<HTMLInputElement>('#password-2');
export const tokenKeys = ['access_token', 'refresh_token', 'id_token'] as const;
if (token.type === TokenType.Identifier2) return parseKey(token.value, 16);
private static final String PASSWORD_KEY = "spring.datasource.password";
self.assertEqual(hash_password("x", salt=b"y")[:4], b"$2b$")
key = f"{tenant}:{order_id}:v2:{sha1(body).hexdigest()[:12]}"
secret := os.Getenv("ORDERS_SECRET_V2")
let api_key = std::env::var("PAYMENT_API_KEY")?;
$password = $this->request->get('password', null);
password_confirmation: { type: 'string', minLength: 12, pattern: '^(?=.*\\\\d).+$' },
match (key, 1u32 << 16) { (Key::Enter, _) => Some(Token::Newline2), _ => None }
@Value("\${jwt.secret:#{null}}") private String jwtSecret;
token: process.env.CI ? undefined : await readToken(path.join(home, '.config/tool2')),
#define KEY_UP_2 0x10000048
var cacheKey = typeof(T).FullName + "_" + version2;
  "keyGenerator": "org.acme.keys.TenantKeyGenerator2",
func (s *Server) rotateKey(ctx context.Context, keyID string) (*Key2, error) {
assert tokens == ["SELECT", "password_hash", "FROM", "users2"]
  - secretKeyRef: {name: orders-db, key: password-v2}`,
  'block scalars': `apiVersion: v1
kind: ConfigMap
data:
  token_help: |
    Ask platform for a token,
    it is valid for 90 days.
  password-policy: >
    At least 12 characters,
    one of them a digit.
  run.sh: |
    set -euo pipefail
    exec node dist/server.js --port 8080
  key-map: |
    up=k
    down=j
  nginx.conf: |
    location /api/v2 { proxy_pass http://orders:8080; }
secret_name: >-
  orders-db
description: |
  {x40}
  {x40}`,
  'dumps of sessions and traces': `trace_id={x32} span_id={x16} parent={x16} sampled=01
traceparent: 00-{x32}-{x16}-01
x-amzn-trace-id: Root=1-{x8}-{x24};Parent={x16};Sampled=1
x-request-id: {x8}-{x4}-{x4}-{x4}-{x12}
etag: W/"{x4}-{b27}"
cf-ray: {x16}-FRA
x-b3-traceid: {x32}
session opened for user deploy(uid=1001) by (uid=0), session {d6}
Session {x8}-{x4}-{x4}-{x4}-{x12} closed after 1204 ms, key exchange curve25519-sha256
{"event":"login","user_id":{d6},"session_age":41,"auth":"sso","mfa":true,"token_age_ms":{d5}}
idempotency-key seen before: order {d8}
content-security-policy: script-src 'sha256-{b43}='
Last-Event-ID: {d13}-{d1}
baggage: tenant=acme,build={x7},region=eu-west-1`,
  'messages of other languages': `FEHLER: Anmeldung fehlgeschlagen, Kennwort des Benutzers app ist abgelaufen (Code 4021)
Das Passwort wurde am 01.05.2026 um 12:00 geändert
Le mot de passe de l'utilisateur app2 a expiré
Erreur 28000: authentification du jeton échouée après 3 essais
La contraseña del usuario caducó hace 12 días
Senha incorreta para o usuário app (tentativa 2 de 5)
Ошибка: пароль пользователя app не подходит (код 28)
パスワードの有効期限が切れました (code 4021)
密码错误，请在 30 秒后重试
Hasło użytkownika app2 wygasło 2026-05-01
Schlüssel der Tabelle bestellungen_2026: id, kunde_id
Sitzung {d6} beendet, Token erneuert um 12:00:01`,
  'listings and sums': `{x64}  dist/secret-store-2.1.0.tgz
{x40}  keys/README.md
MD5 (token.txt) = {x32}
SHA256:{b43} deploy@ci (ED25519)
pub   rsa4096/{X16} 2026-01-01 [SC]
      {X40}
-rw------- 1 root root  1679 May  1 12:00 /etc/ssl/private/orders.key
drwx------ 2 app  app   4096 May  1 12:00 .ssh
ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43} deploy@ci
ssl_certificate_key /etc/nginx/tls/orders-2026.key;
100644 blob {x40}    src/tokens/key2.ts
resolved "https://registry.example/jsonwebtoken/-/jsonwebtoken-9.0.2.tgz#{x40}"
  checksum = "{x64}"
github.com/golang-jwt/jwt/v5 v5.2.1 h1:{b43}=
Fingerprint: {X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}
inode {d8} links 1 blocks {d4}`,
  figures: `http_requests_total{method="POST",handler="/token",code="200"} {d6}
redis_keyspace_hits_total {d9}
jwt_verify_seconds_bucket{le="0.005"} {d5}
process_start_time_seconds 1.7{d8}e+09
auth_failures{reason="bad_password"} {d3}
cache: hits={d5} misses={d4} keys={d5} evicted={d2}
Index Scan using users_password_reset_key on users  (cost=0.42..8.44 rows=1 width={d3}) (actual time=0.021..0.022 rows=1 loops=1)
Sort Key: created_at DESC, id
Buffers: shared hit={d4} read={d2}
Rows Removed by Filter: {d6}
p50={d2}ms p95={d3}ms p99={d4}ms key=orders.get count={d6}
gc {d3} @12.{d3}s 2%: 0.01+{d1}.{d1}+0.02 ms clock
tokens/s: {d3}.{d1}, first token after {d3} ms, context {d5}
usage: {"input_tokens":{d5},"cache_creation_input_tokens":{d5}}
PASS test/auth/token2.test.ts (4.{d3} s)
Tests: {d2} passed, {d3} total; Snapshots: 0 total
WARN  pool: 27 waiting, 10/10 busy, login timeout 30000`,
};

/** The lines of all kinds, filled so many times. */
export function harmlessLines(times: number, seed: number): readonly string[] {
  const random = randomFrom(seed);
  return Array.from({ length: times }, () => Object.values(harmlessText).map((text) => fill(text, random)))
    .flat()
    .flatMap((text) => [...text.split('\n'), '']);
}
