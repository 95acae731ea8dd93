import { readFileSync, readdirSync } from 'node:fs';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StackFrame, StackTrace } from '../../../../src/evidence/stackTrace/model.ts';
import { traceExpectations } from '../../../support/traceExpectations.ts';
import { parseStackTraces } from '../../../../src/evidence/stackTrace/parse.ts';
import { processorTime } from '../../../support/processorTime.ts';

const folder = new URL('../../../fixtures/stackTraces/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(`${name}.txt`, folder), 'utf8');

const place = ({ file, line, column }: StackFrame): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

/** `type: message | own frames, innermost first | causes`, all traces below each other. */
function describeTrace(trace: StackTrace): string {
  const own = trace.frames.filter((frame) => frame.own).map(place);
  const causes = trace.causes.map(({ relation, trace: cause }) => `${relation} (${describeTrace(cause)})`);
  return `${trace.language} ${trace.type ?? '-'}: ${(trace.message ?? '-').split('\n')[0] ?? ''} | ${[own.join(', '), ...causes].join(' | ')}`;
}

const stripeKey =
  "javascript TypeError: Cannot read properties of undefined (reading 'stripe_key') | /app/src/services/payment.js:47:24, /app/src/routes/checkout.js:12:18";
const notAFunction =
  'javascript TypeError: x is not a function | /app/src/services/payment.js:47:24, /app/src/routes/checkout.js:12:18';

/** What a reader of each fixture would say; more are in `test/support/traceExpectations.ts`. */
const expectedHere: Readonly<Record<string, readonly string[]>> = {
  'node-uncaught': [stripeKey],
  'docker-compose': [stripeKey],
  'docker-json': [stripeKey],
  'kubernetes-cri': [stripeKey],
  'kubectl-prefix': [stripeKey],
  syslog: [stripeKey],
  pino: [notAFunction],
  lambda: [notAFunction],
  logfmt: [notAFunction],
  'node-cause': [
    'javascript Error: charge failed | file:///app/dist/routes/checkout.js:30:11, /app/dist/order.js:3:1 | cause (javascript Error: no key | /app/dist/services/payment.js:9:5, file:///app/dist/routes/checkout.js:28:5)',
  ],
  'node-syntax': ["javascript SyntaxError: Unexpected token ';' | /app/src/a.js:3"],
  'node-windows': [
    'javascript Error: boom | C:\\agent\\_work\\1\\s\\src\\x.js:5:7, C:\\agent\\_work\\1\\s\\src\\y.js:9:1',
  ],
  'node6-internal': [
    "javascript TypeError: Cannot read property 'id' of undefined | /srv/app/lib/user.js:10:20, /srv/app/lib/web.js:4:3",
  ],
  chrome: [
    'javascript TypeError: Failed to fetch | https://shop.example.org/assets/main.js:1:200, webpack:///./src/api/client.ts?a1b2:22:9, https://shop.example.org/assets/index-4f3a.js:2:71234',
  ],
  firefox: [
    'javascript TypeError: cart is undefined | https://shop.example.org/src/cart.ts:12:5, webpack:///./src/view.tsx:40:11, https://shop.example.org/index.js:1:1',
  ],
  safari: [
    "javascript TypeError: undefined is not an object (evaluating 'cart.items') | https://shop.example.org/src/cart.ts:12:5, https://shop.example.org/index.js:1:1",
  ],
  interleaved: ['javascript TypeError: broken | /app/src/a.js:1:2, /app/src/b.js:3:4'],
  'cut-start': ['javascript -: - | /app/src/b.js:3:4, /app/src/c.js:5:6'],
  ecs: ['jvm java.lang.IllegalStateException: no key | com/shop/Payment.java:47, com/shop/Checkout.java:12'],
  zap: ['go -: no key | /app/pay.go:47, /app/main.go:12'],
  structlog: ["python KeyError: 'stripe_key' | /app/pay.py:12, /app/web.py:5"],
  python: ["python KeyError: 'STRIPE_KEY' | /app/shop/payment.py:12, /app/shop/routes.py:30"],
  'python-chained': [
    'python shop.errors.CheckoutError: checkout failed | /app/c.py:20 | context (python ValueError: bad | /app/b.py:9 | cause (python ZeroDivisionError: division by zero | /app/a.py:3))',
  ],
  'python-group': [
    'python ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception) | /app/main.py:10 | cause (python RuntimeError: no | /app/worker.py:4)',
  ],
  'python-recursion': ['python RecursionError: maximum recursion depth exceeded | /app/a.py:3, /app/a.py:3'],
  java: [
    'jvm java.lang.IllegalStateException: checkout failed | com/shop/web/Checkout.java:30, com/shop/App.kt:5 | suppressed (jvm java.io.IOException: closed | com/shop/Pool.java:9) | cause (jvm java.lang.NullPointerException: Cannot invoke "String.length()" because "key" is null | com/shop/pay/Payment.java:47)',
  ],
  'java-main': ['jvm java.lang.RuntimeException: first line | shop/Main.java:3'],
  'kotlin-nomsg': ['jvm java.lang.NullPointerException: - | shop/Cart.kt:8, shop/Cart.kt:4'],
  'go-panic': [
    'go panic: runtime error: invalid memory address or nil pointer dereference | /app/pay/charge.go:47, /app/main.go:12',
    'go goroutine: chan receive, 5 minutes | /app/work.go:9, /app/main.go:8',
  ],
  'go-1.12': ['go fatal error: all goroutines are asleep - deadlock! | C:/work/shop/main.go:14'],
  ruby34: [
    "ruby NoMethodError: undefined method 'key' for nil | /app/lib/payment.rb:12, /app/lib/checkout.rb:5, bin/run:3 | cause (ruby Errno::ENOENT: no file | /app/lib/config.rb:2, /app/lib/payment.rb:10)",
  ],
  ruby27: [
    "ruby NoMethodError: undefined method `key' for nil:NilClass | /app/lib/payment.rb:12, /app/lib/checkout.rb:5, bin/run:3",
  ],
  rails: [
    "ruby NoMethodError: undefined method `total' for nil:NilClass | app/models/cart.rb:8, app/controllers/cart_controller.rb:3",
  ],
  php: [
    'php TypeError: charge(): Argument #1 ($key) must be of type string, null given, called in /app/src/checkout.php on line 9 and defined | /app/src/payment.php:47, /app/src/checkout.php:9',
  ],
  'php-next': [
    'php Shop\\StoreException: not stored | /app/src/repo.php:8, /app/index.php:2 | cause (php PDOException: gone | /app/src/db.php:3, /app/src/repo.php:5)',
  ],
  'php-notice': ['php Warning: Undefined variable $key | /app/src/payment.php:12'],
  laravel: [
    'php ErrorException: Undefined array key \\"stripe\\" | /app/app/Services/Payment.php:47, /app/app/Http/Controllers/Checkout.php:30',
  ],
  dotnet: [
    'dotnet System.InvalidOperationException: checkout failed | /src/Checkout.cs:12 | cause (dotnet System.NullReferenceException: Object reference not set to an instance of an object. | C:\\agent\\_work\\1\\s\\src\\Payment.cs:47, /src/Payment.cs:30)',
  ],
  'dotnet-framework': [
    'dotnet System.Web.HttpUnhandledException: Exception thrown | c:\\Temp\\default.aspx.cs:3 | cause (dotnet System.ArgumentNullException: Value cannot be null. | D:\\Build\\Shop\\Payment.cs:5)',
  ],
  rust: ['rust panic: called `Option::unwrap()` on a `None` value | ./src/payment.rs:47:22, ./src/main.rs:8:5'],
  'rust-old': ['rust panic: index out of bounds: the len is 3 but the index is 9 | src/cart.rs:12:5'],
  'rust-anyhow': [
    'rust Error: could not charge | ./src/pay.rs:9:15, ./src/main.rs:4:5 | cause (rust -: no key |  | cause (rust -: environment variable not found | ))',
  ],
  dart: [
    'dart FormatException: Unexpected character (at character 1) | package:shop/cart.dart:12:5, file:///app/bin/main.dart:4:3',
  ],
  flutter: ['dart _TypeError: Null check operator used on a null value | package:shop/pages/cart.dart:40:22'],
  elixir: [
    'elixir KeyError: key :stripe not found in: %{} | lib/shop/payment.ex:47, lib/shop_web/controllers/checkout.ex:12',
  ],
  symfony: ['php RuntimeException: No key | /app/src/Pay.php:47'],
  'go-http': ['go panic: runtime error: index out of range [3] with length 3 | /app/main.go:22'],
  'ruby-logger': ['ruby RuntimeError: no key | /app/a.rb:3, /app/b.rb:4'],
  sidekiq: ["ruby NoMethodError: undefined method 'x' for nil | /app/app/jobs/pay.rb:5"],
  android: ['jvm java.lang.NullPointerException: x | com/shop/Main.kt:4'],
  'dotnet-logger': ['dotnet System.NullReferenceException: Object reference not set. | /src/PayController.cs:12'],
  'elixir-script': ['elixir RuntimeError: no key | lib/shop.ex:3'],
};

const expected = { ...expectedHere, ...traceExpectations };

describe('stack traces', () => {
  it('have an expectation for every fixture', () => {
    const names = readdirSync(folder).map((name) => name.replace(/\.txt$/, ''));
    assert.deepEqual(names.sort(), Object.keys(expected).sort());
  });

  for (const [name, traces] of Object.entries(expected))
    it(`are read from ${name}`, () => {
      assert.deepEqual(parseStackTraces(read(name)).map(describeTrace), traces);
    });

  it('tell functions, lines of the text and what was left out', () => {
    const [trace] = parseStackTraces(read('java'));
    assert.equal(trace?.frames[0]?.function, 'com.shop.web.Checkout.pay');
    assert.deepEqual([trace.firstLine, trace.lastLine], [3, 13]);
    assert.equal(trace.causes[1]?.trace.omittedFrames, 12);
    const [go] = parseStackTraces(read('go-panic'));
    assert.equal(go?.frames[1]?.function, 'main.(*Cart).Charge');
  });

  it('are found anywhere in a log of other lines', () => {
    const noise = fc.array(
      fc.constantFrom(
        '2026-01-01 10:00:00 INFO started',
        'GET /at/home 200 (3 ms)',
        '{"level":30,"msg":"ok"}',
        '[INFO] user ada@example.org:22 logged in',
        '',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(expected)),
        noise,
        noise,
        fc.boolean(),
        (name, before, after, crlf) => {
          // Where the noise begins must not be taken for the message's or the trace's next line: logs end it with a line.
          const text = [...before, '', read(name).trimEnd(), '', ...after].join('\n');
          const found = parseStackTraces(crlf ? text.replaceAll('\r', '').replaceAll('\n', '\r\n') : text);
          assert.deepEqual(found.map(describeTrace), expected[name]);
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('never throw, whatever the text', () => {
    const words = [
      'at ',
      '(',
      ')',
      ':1',
      ':2',
      '\n',
      '\t',
      'File "',
      '", line ',
      'Error: ',
      'Caused by: ',
      '#0 ',
      '@',
      '{"stack":"',
      '"}',
      'panic: ',
      'goroutine 1 [',
      ']:',
      '.go:',
      "in '",
      ' ---> ',
      '** (',
      '  + ',
      '\\n',
      '...',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 80 }),
        (parts) => {
          parseStackTraces(parts.join(''));
        },
      ),
      { numRuns: 300 },
    );
  }).timeout(20_000);

  it('keep a bounded number of frames and causes', () => {
    const frames = Array.from({ length: 10_000 }, (_, at) => `    at f (/app/a.js:${at + 1}:1)`).join('\n');
    const [deep] = parseStackTraces(`RangeError: Maximum call stack size exceeded\n${frames}`);
    assert.equal(deep?.frames.length, 1000);
    assert.equal(deep.omittedFrames, 9000);
    const causes = 'Caused by: a.B: c\n\tat a.B.c(B.java:1)\n'.repeat(5000);
    let depth = 0;
    for (
      let trace = parseStackTraces(`a.B: c\n\tat a.B.c(B.java:1)\n${causes}`)[0];
      trace;
      trace = trace.causes[0]?.trace
    )
      depth += 1;
    assert.ok(depth > 1 && depth <= 52);
  });

  it('are looked for in linear time', () => {
    const megabyte = 1024 * 1024;
    const hostile = [
      'a',
      ' ',
      'at ',
      'a.',
      'at a.a(',
      'Error: ',
      ' ---> ',
      '    at a (',
      'File "',
      '@',
      '#0 a(',
      ':in ',
      'a:1',
      '\\n at ',
      '{"',
      'at a (b:1:2)\n',
      'Traceback (most recent call last):\n',
      'a, called at a.hs:1:2 in a:B\n',
      ' a, called at a.hs:1:2 in a:B\n',
      "Unhandled exception: (A\n  from a.cr:1:2 in 'a'\n",
      'a.Exception: \nClass.A: line 1, column 1\n',
      'a.c:1: error: ',
      'a.c:1: error: a\n',
      'nginx: [emerg] a in ',
      'ERROR: A: \n   @ A ./a.jl:1\n',
      'fatal: [a]: A => {"msg": "',
      '/a.nim(1) a\n',
      'error parsing a: line 1',
      'panic: \n',
      "thread 'a' panicked at ",
      'Caused by: a.B\n',
      '  File "a", line 1\n',
      'a.b.c.d.E: ',
      '(',
      '\u001b[',
      'stack backtrace:\n',
      '#0 a.php(1): a\n',
      "a:1:in 'b': c (D)\n",
      '    at a\n',
      '\\n at ',
      'trace="a\\n at ',
      'panic recovered\n',
      '/a.go:1 (0x1)\n',
      'x Traceback (most recent call last):\n',
      '[ERROR] a: b\nTraceback (most recent call last):\n',
      '  +-+---- 1 ----\n',
      '    Error: a\n    at a (b:1:2)\n',
      'PHP Stack trace:\n',
      'Error:\n   0: a\n',
      '{"a":"\\n","stack":["a:1"]}',
      '[{file,"a.erl"},{line,1}',
      ' at a(b:1)',
      '    #0 0x1 in a b:1\n',
      ' 0# a at b:1\n',
      '#0 0x1 in a (b) at c:1\n',
      '#0 a (b) from /c\n',
      '==1== at 0x1: a (b:1)\n',
      'a:1:1: runtime error: b\n',
      'a.swift:1: Fatal error: b\n',
      '0x',
      '0x1 ',
      'E   a\n',
      'a.py:1: in b\n',
      'a.py:1:\n',
      'stack traceback:\n',
      'stack traceback:\n\ta.lua:1: in function b\n',
      'a at b.pl line 1.\n',
      'a at ',
      '\ta called at b line 1\n',
      '    stack: |-\n',
      '1) a\n/a.php:1\n',
      '/a.php:1\n',
      '  at a.php:1\n',
      ' #0 a(1): ',
      '    a_test.go:1: b\n',
      '    a_test.go:1:\n    b\n',
      'Location:\n',
      'Location:\n  a.rs:1\n',
      'a-1 | b\nc-1 | d\n',
      '{a="b"} ',
      ' ❯ a b:1:2\n',
      'A Traceback (most recent call last)\n',
      'File a:1, in b\n',
      'Backtrace:\n',
      ' 1. ├─a at b:1:1\n',
      '1: a at b.R#1\n',
      'at a, b.ps1: line 1\n',
      'At a.ps1:1 char:1\n',
      'a: b.ps1:1\n',
      '   bei a.b() in c:Zeile 1\n',
      '      a at b.rb:1\n',
      'a: line 1: b\n',
      'The above error occurred in the <A> component:\n    at a (b:1:2)\n',
      'Wrapped by: a.B\n\tat a.b(c.java:1)\n',
      '[errors]: [\n    Error: a\n      at b (c:1:2)\n',
    ];
    const slow: string[] = [];
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(megabyte / piece.length));
      const started = processorTime();
      parseStackTraces(text);
      const elapsed = processorTime() - started;
      if (elapsed > 1000) slow.push(`${JSON.stringify(piece)}: ${Math.round(elapsed)} ms`);
    }
    assert.deepEqual(slow, []);
  }).timeout(60_000);
});
