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
