/** Replies of a chosen length, made of what replies are made of. The same length gives the same text. */

const sections = [
  '## What is failing\n\nThe payment call in `src/services/payment.js:47` times out once **more than 50** users are active [E1:38].\nThe pool of `db.js:12` holds _ten_ connections; see https://example.com/pool?size=10 for the default.\n\n',
  '1. Open `config/production.env.example` and look for `POOL_SIZE`.\n2. Compare it with the value that [the driver](https://example.com/driver) takes.\n   - It falls back to **10**.\n   - It never grows.\n3. Count the requests that wait.\n\n',
  '```ts\nexport async function charge(order: Order): Promise<Receipt> {\n  const client = await pool.connect();\n  try {\n    return await client.query(order.sql, [order.id, order.amount]);\n  } finally {\n    client.release();\n  }\n}\n```\n\n',
  '| Hypothesis | Confirmed by | Ruled out by |\n|---|---|--:|\n| The pool is exhausted | waiting > 0 | 12 |\n| The network drops packets | `ping` loses some | 3 |\n| A lock is held | pg_locks shows it | 7 |\n\n',
  '> The log says: *remaining connection slots are reserved*.\n> That is the pool, not the network.\n\nSo the fix is small, and its test is the one that would have caught it: fifty calls at once, none of which may wait longer than the timeout. Everything else in this section is explanation, and it can be read later, when the incident is over.\n\n',
  '- [x] logs read\n- [ ] fix applied\n- [ ] rolled out behind a flag\n\n---\n\n',
];

/** A reply of about `length` characters with all kinds of blocks. */
export function mixedReply(length: number): string {
  let reply = '';
  for (let section = 0; reply.length < length; section++) reply += sections[section % sections.length] ?? '';
  return reply.slice(0, length);
}

export function oneTable(length: number): string {
  let table = '| time | request | took | result |\n|---|---|--:|---|\n';
  for (let row = 0; table.length < length; row++)
    table += `| 02:47:${row % 60} | GET /orders/${row} | ${row * 7} ms | **failed** in \`pay.js:${row + 1}\` |\n`;
  return table;
}

export function oneFence(length: number): string {
  let fence = '```js\n';
  for (let line = 0; fence.length < length; line++)
    fence += `  const value${line} = await pool.query('select ${line}');\n`;
  return `${fence}\`\`\`\n`;
}

export function oneParagraph(length: number): string {
  let paragraph = '';
  for (let line = 0; paragraph.length < length; line++)
    paragraph += `Line ${line} tells *more* about the pool_size in \`db.js:${line + 1}\` and why it is small,\n`;
  return paragraph;
}

export function oneList(length: number): string {
  let list = '';
  for (let item = 0; list.length < length; item++)
    list += `- item ${item} is about **one** thing in src/a${item}.js:${item + 1}\n  - and a detail\n`;
  return list;
}

export function oneQuote(length: number): string {
  return oneList(length / 1.05).replaceAll(/^/gmu, '> ');
}
