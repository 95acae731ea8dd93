import { fill, randomFrom } from './samples.ts';

/** Lines of logs, lock files and sources as they are met every day, without a secret: what redaction should leave alone. */
const templates: readonly string[] = [
  '2026-05-01T12:00:{d2}.{d3}Z INFO  [api-gateway] request GET /v1/orders/{d5}/items?page=2 200 {d2}ms trace={x32} span={x16}',
  '2026-05-01 12:00:01,{d3} ERROR c.a.orders.Service - Could not load order {x8}-{x4}-{x4}-{x4}-{x12}: connection refused',
  '    at OrderService.load (/srv/app/dist/services/order-service.js:{d3}:{d2})',
  '{"level":"info","time":17{d11},"msg":"request completed","req":{"id":"{x8}","method":"GET","url":"/v1/users/{d4}"},"responseTime":{d2}}',
  '10.0.{d2}.{d2} - - [01/May/2026:12:00:01 +0000] "GET /static/app.{x8}.js HTTP/1.1" 304 0 "-" "Mozilla/5.0 (X11; Linux x86_64)"',
  '      "integrity": "sha512-{b86}==",',
  '      "resolved": "https://registry.example/pkg/-/pkg-{d1}.{d2}.{d1}.tgz",',
  'commit {x40}',
  '{x7} Merge pull request #{d4} from acme/rotate-tokens',
  'index {x7}..{x7} 100644',
  '  const token = await getToken(session, { audience: config.auth.audience });',
  '  password: string;',
  '  if (!password) throw new Error("A password is required");',
  '  apiKey: process.env.PAYMENT_API_KEY,',
  'kubelet[{d4}]: secret "orders-db" not found in namespace "prod"',
  'May  1 12:00:01 db-1 sshd[{d5}]: Failed password for invalid user admin from 10.0.{d2}.{d2} port {d5} ssh2',
  'WARN token bucket exhausted for tenant {d4}: 0 tokens left, refill in {d3}ms',
  'Image digest: sha256:{x64}',
  'pod/orders-{x10}-{a5} 1/1 Running 0 {d2}m',
  'usage: { "input_tokens": {d4}, "output_tokens": {d3}, "cache_read_input_tokens": {d5} }',
  'background: url(data:image/png;base64,iVBORw0KGgoAAAANSUhEUg{b80});',
  'session closed for user deploy (key exchange: curve25519-sha256)',
  'Retrying in {d2}s… (attempt {d1}/5, correlation id {x8}-{x4}-{x4}-{x4}-{x12})',
  'SELECT id, password_hash, token_version FROM users WHERE email = $1 -- {d2}ms',
  // Frameworks and servers
  'I, [2026-05-01T12:00:{d2}.{d6} #{d5}]  INFO -- : [{x8}-{x4}-{x4}-{x4}-{x12}] Completed 200 OK in {d2}ms (Views: 0.3ms | ActiveRecord: {d1}.{d1}ms | Allocations: {d4})',
  '[2026-05-01 12:00:{d2} +0000] [{d5}] [INFO] Booting worker with pid: {d5}',
  'time="2026-05-01T12:00:{d2}Z" level=warning msg="retrying" component=scheduler attempt={d1} job={x24} queue=default',
  'W0501 12:00:{d2}.{d6}   {d5} reflector.go:{d3}] watch of *v1.Secret ended with: too old resource version: {d8} ({d8})',
  '2026/05/01 12:00:{d2} [error] {d5}#{d2}: *{d6} upstream timed out (110: Connection timed out) while reading response header from upstream, client: 10.0.{d2}.{d2}, server: api.acme.io',
  "17{d11} [main] INFO  o.s.b.w.e.tomcat.TomcatWebServer - Tomcat started on port(s): 8080 (http) with context path ''",
  'org.postgresql.util.PSQLException: FATAL: password authentication failed for user "orders"',
  "ERROR 1045 (28000): Access denied for user 'app'@'10.0.{d1}.{d2}' (using password: YES)",
  '  File "/srv/app/orders/auth/token_validation.py", line {d3}, in validate_token',
  'jwt.exceptions.ExpiredSignatureError: Signature has expired',
  'goroutine {d3} [running]: github.com/acme/orders/internal/auth.(*TokenStore).Refresh(0xc000{x6}, {0x{x7}, 0x{d2}})',
  "thread 'tokio-runtime-worker' panicked at src/secrets/loader.rs:{d2}:{d2}: called `Option::unwrap()` on a `None` value",
  'RSA host key fingerprint is SHA256:{b43}.',
  'SHA1 Fingerprint={X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}:{X2}',
  'Serial Number: {x2}:{x2}:{x2}:{x2}:{x2}:{x2}:{x2}:{x2}',
  'github.com/acme/lib v1.{d1}.{d2} h1:{b43}=',
  'checksum = "{x64}"',
  '    {file = "requests-2.{d2}.0-py3-none-any.whl", hash = "sha256:{x64}"},',
  '    resolution: {integrity: sha512-{b86}==}',
  '  checksum: 10c0/{x128}',
  '            "reference": "{x40}", "shasum": "{x40}"',
  '  etag: W/"{x8}-{w27}"',
  'x-request-id: {x32} cf-ray: {x16}-FRA x-amz-cf-id: {w54}==',
  'trace: Root=1-{x8}-{x24};Parent={x16};Sampled=1',
  'i-{x17} vpc-{x17} subnet-{x17} sg-{x17} arn:aws:lambda:eu-west-1:{d12}:function:orders-api',
  'projects/acme/locations/eu/keyRings/main/cryptoKeys/orders/cryptoKeyVersions/{d1}',
  'customer cus_{A14} charge ch_{A24} event evt_{A24} failed with card_declined',
  'orders-api-{x10}-{a5}   0/1   CrashLoopBackOff   {d1}   {d2}m',
  'MountVolume.SetUp failed for volume "orders-token-{a5}" : secret "orders-token" not found',
  'webpack: asset main.{x20}.js 1.{d1} MiB [emitted] [immutable] [minimized] (name: main)',
  '//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbIi4uL3NyYy9pbmRleC50cyJdLCJuYW1lcyI6W10s',
  '.Button_primary__{A5} { color: #{x6}; } .Card_root__{A5}>svg{fill:#{x6}}',
  'AAAA,SAASA,EAAQC,EAAKC,GACpB,OAAOD,EAAIE,IAAI,SAAUC,EAAGC,GAC1B,OAAOJ,EAAKG,EAAGC',
  'const {passwordHash:a,tokenId:b,...c}=d;if(!a||!b)return e(new Error("no password or token"));',
  'export type AuthTokenResponsePassword = RequestResultSafeDestructure<{ user: User; session: Session; weakPassword?: WeakPassword }>;',
  'Please enter your password to continue. The token you were sent expires in 10 minutes.',
  'Author: Jane Doe <jane@example.com>  Date: Fri May 1 12:00:{d2} 2026 +0200',
  'diff --git a/src/auth/password.ts b/src/auth/password.ts',
  '+    token: "Token used to authenticate against the API",',
  'Key                     Value     Total keys: {d4}  keyspace_hits:{d6}',
  'partition key: order_id, sort key: created_at, continuation token: null',
  'keepalive ping failed to receive ACK within timeout; code=Unavailable desc=transport is closing',
  'OpenSSL: error:0A000086:SSL routines::certificate verify failed',
];

/** Ordinary text of at least `length` characters. */
export function ordinaryText(length: number, seed: number): string[] {
  const random = randomFrom(seed);
  const lines: string[] = [];
  for (let written = 0; written < length;) {
    const line = fill(templates[Math.floor(random() * templates.length)] ?? '', random);
    lines.push(line);
    written += line.length + 1;
  }
  return lines;
}
