/** A reply with everything that a reply can hold: listings in several languages, a diff, a table, tasks, other scripts. */
export const richReply = `## What fails

The call in \`payment.js:47\` reads \`config.stripe\` without a guard [E1:38].

\`\`\`ts
// The section is optional since v2.18.3.
export async function charge(order: Order, { retries = 3 }: Options = {}): Promise<Receipt> {
  const key = config.stripe?.key ?? process.env['STRIPE_KEY'];
  if (key === undefined) throw new ConfigurationError(\`No key for \${order.id}\`);
  return client.post('/v1/charges', { amount: order.total * 100, retries });
}
\`\`\`

The change that removed it:

\`\`\`diff
--- a/config/index.js
+++ b/config/index.js
@@ -4,7 +4,6 @@ module.exports = {
   port: process.env.PORT,
-  stripe: { key: process.env.STRIPE_KEY },
+  payments: loadPayments(),
   pool: { size: 10 },
\`\`\`

1. Look at the pods first:

   \`\`\`sh
   # Names only, never a value
   kubectl -n checkout exec deploy/api -- printenv | cut -d= -f1 | grep "STRIPE"
   \`\`\`
2. Then at the orders that fail:

   \`\`\`sql
   SELECT tenant, count(*) AS failed FROM orders WHERE state = 'failed' AND at > now() - interval '1 hour' GROUP BY tenant; -- by tenant
   \`\`\`

\`\`\`python
@app.post("/checkout")
def checkout(order: Order) -> Response:
    """Charges an order."""
    return charge(order, retries=3) if order.total > 0 else abort(422)
\`\`\`

\`\`\`yaml
replicas: 3
env:
  - name: STRIPE_KEY # missing since Thursday
    valueFrom: { secretKeyRef: { name: "stripe" } }
\`\`\`

\`\`\`json
{ "level": "error", "tenant": 42, "retry": false, "cause": null }
\`\`\`

| Hypothesis | Confirmed by | Ruled out by |
|---|---|--:|
| The variable is missing | \`printenv\` shows no name | 0 of 3 pods |
| The key was rotated | 401 in the log | 12 |

- [x] logs read
- [ ] rolled out behind a flag

> هذا السطر يُقرأ من اليمين إلى اليسار، ومعه \`payment.js\`.

משפט בעברית עם \`STRIPE_KEY\` באמצע, שנקרא מימין לשמאל.

${'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3)}
`;
