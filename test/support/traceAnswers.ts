/** What a reader of a fixture would say, in a workspace with these files. `path:line`, or the path where no line is told. */
export interface TraceAnswer {
  /** Files of the workspace, decoys among them. */
  readonly files: readonly string[];
  readonly origin: string;
  readonly caller?: string;
}

const shop = ['src/services/payment.js', 'src/routes/checkout.js', 'test/services/payment.js', 'src/old/checkout.js'];
const stripe: TraceAnswer = { files: shop, origin: 'src/services/payment.js:47', caller: 'src/routes/checkout.js:12' };
const ruby = ['lib/payment.rb', 'lib/checkout.rb', 'spec/payment.rb', 'bin/run'];

/** By the fixture's name in `test/fixtures/stackTraces`. */
export const traceAnswers: Readonly<Record<string, TraceAnswer>> = {
  'node-uncaught': stripe,
  'docker-compose': stripe,
  'docker-json': stripe,
  'kubernetes-cri': stripe,
  'kubectl-prefix': stripe,
  syslog: stripe,
  pino: stripe,
  lambda: stripe,
  logfmt: stripe,
  'node-cause': {
    files: ['src/routes/checkout.ts', 'src/services/payment.ts', 'src/order.ts', 'src/services/order.test.ts'],
    origin: 'src/services/payment.ts',
    caller: 'src/routes/checkout.ts',
  },
  'node-syntax': { files: ['src/a.js', 'src/b.js'], origin: 'src/a.js:3' },
  'node-windows': { files: ['src/x.js', 'src/y.js', 'lib/x.js'], origin: 'src/x.js:5', caller: 'src/y.js:9' },
  'node6-internal': {
    files: ['lib/user.js', 'lib/web.js', 'test/user.js'],
    origin: 'lib/user.js:10',
    caller: 'lib/web.js:4',
  },
  chrome: { files: ['src/api/client.ts', 'src/main.ts', 'src/api/index.ts'], origin: 'src/api/client.ts:22' },
  firefox: {
    files: ['src/cart.ts', 'src/view.tsx', 'test/cart.ts'],
    origin: 'src/cart.ts:12',
    caller: 'src/view.tsx:40',
  },
  safari: { files: ['src/cart.ts', 'src/view.tsx'], origin: 'src/cart.ts:12' },
  interleaved: { files: ['src/a.js', 'src/b.js'], origin: 'src/a.js:1', caller: 'src/b.js:3' },
  'cut-start': { files: ['src/a.js', 'src/b.js', 'src/c.js'], origin: 'src/b.js:3', caller: 'src/c.js:5' },
  ecs: {
    files: [
      'src/main/java/com/shop/Payment.java',
      'src/main/java/com/shop/Checkout.java',
      'src/test/java/com/shop/PaymentTest.java',
    ],
    origin: 'src/main/java/com/shop/Payment.java:47',
    caller: 'src/main/java/com/shop/Checkout.java:12',
  },
  zap: { files: ['pay.go', 'main.go', 'cmd/main.go'], origin: 'pay.go:47', caller: 'main.go:12' },
  structlog: { files: ['pay.py', 'web.py', 'tests/pay.py'], origin: 'pay.py:12', caller: 'web.py:5' },
  python: {
    files: ['shop/payment.py', 'shop/routes.py', 'tests/payment.py', 'other/routes.py'],
    origin: 'shop/payment.py:12',
    caller: 'shop/routes.py:30',
  },
  'python-chained': { files: ['a.py', 'b.py', 'c.py', 'lib/a.py'], origin: 'a.py:3', caller: 'b.py:9' },
  'python-group': { files: ['main.py', 'worker.py'], origin: 'worker.py:4', caller: 'main.py:10' },
  'python-recursion': { files: ['a.py', 'b.py'], origin: 'a.py:3' },
  java: {
    files: [
      'src/main/java/com/shop/pay/Payment.java',
      'src/main/java/com/shop/web/Checkout.java',
      'src/main/kotlin/com/shop/App.kt',
      'src/main/java/com/shop/Pool.java',
    ],
    origin: 'src/main/java/com/shop/pay/Payment.java:47',
    caller: 'src/main/java/com/shop/web/Checkout.java:30',
  },
  'java-main': { files: ['src/shop/Main.java', 'src/shop/Other.java'], origin: 'src/shop/Main.java:3' },
  'kotlin-nomsg': { files: ['src/shop/Cart.kt', 'test/CartTest.kt'], origin: 'src/shop/Cart.kt:8' },
  'go-panic': {
    files: ['pay/charge.go', 'main.go', 'work.go', 'cmd/tool/main.go'],
    origin: 'pay/charge.go:47',
    caller: 'main.go:12',
  },
  'go-1.12': { files: ['main.go', 'cmd/x/main.go'], origin: 'main.go:14' },
  'go-http': { files: ['main.go', 'handler.go'], origin: 'main.go:22' },
  ruby34: { files: [...ruby, 'lib/config.rb'], origin: 'lib/config.rb:2', caller: 'lib/payment.rb:10' },
  ruby27: { files: ruby, origin: 'lib/payment.rb:12', caller: 'lib/checkout.rb:5' },
  rails: {
    files: ['app/models/cart.rb', 'app/controllers/cart_controller.rb', 'spec/models/cart.rb'],
    origin: 'app/models/cart.rb:8',
    caller: 'app/controllers/cart_controller.rb:3',
  },
  php: {
    files: ['src/payment.php', 'src/checkout.php', 'tests/payment.php'],
    origin: 'src/payment.php:47',
    caller: 'src/checkout.php:9',
  },
  'php-next': {
    files: ['src/db.php', 'src/repo.php', 'index.php', 'public/index.php'],
    origin: 'src/db.php:3',
    caller: 'src/repo.php:5',
  },
  'php-notice': { files: ['src/payment.php'], origin: 'src/payment.php:12' },
  laravel: {
    files: ['app/Services/Payment.php', 'app/Http/Controllers/Checkout.php', 'tests/Services/Payment.php'],
    origin: 'app/Services/Payment.php:47',
    caller: 'app/Http/Controllers/Checkout.php:30',
  },
  symfony: { files: ['src/Pay.php', 'tests/Pay.php'], origin: 'src/Pay.php:47' },
  dotnet: {
    files: ['src/Payment.cs', 'src/Checkout.cs', 'test/Payment.cs'],
    origin: 'src/Payment.cs:47',
    caller: 'src/Checkout.cs:12',
  },
  'dotnet-framework': {
    files: ['Shop/Payment.cs', 'Web/default.aspx.cs'],
    origin: 'Shop/Payment.cs:5',
    caller: 'Web/default.aspx.cs:3',
  },
  'dotnet-logger': { files: ['src/PayController.cs', 'src/Program.cs'], origin: 'src/PayController.cs:12' },
  rust: {
    files: ['src/payment.rs', 'src/main.rs', 'tests/payment.rs'],
    origin: 'src/payment.rs:47',
    caller: 'src/main.rs:8',
  },
  'rust-old': { files: ['src/cart.rs', 'src/main.rs'], origin: 'src/cart.rs:12' },
  'rust-anyhow': { files: ['src/pay.rs', 'src/main.rs'], origin: 'src/pay.rs:9', caller: 'src/main.rs:4' },
  dart: {
    files: ['lib/cart.dart', 'bin/main.dart', 'test/cart.dart'],
    origin: 'lib/cart.dart:12',
    caller: 'bin/main.dart:4',
  },
  flutter: { files: ['lib/pages/cart.dart', 'lib/cart.dart'], origin: 'lib/pages/cart.dart:40' },
  elixir: {
    files: ['lib/shop/payment.ex', 'lib/shop_web/controllers/checkout.ex', 'test/shop/payment.exs'],
    origin: 'lib/shop/payment.ex:47',
    caller: 'lib/shop_web/controllers/checkout.ex:12',
  },
  'elixir-script': { files: ['lib/shop.ex', 'mix.exs'], origin: 'lib/shop.ex:3' },
  'ruby-logger': { files: ['a.rb', 'b.rb', 'lib/a.rb'], origin: 'a.rb:3', caller: 'b.rb:4' },
  sidekiq: { files: ['app/jobs/pay.rb', 'lib/pay.rb'], origin: 'app/jobs/pay.rb:5' },
  android: { files: ['app/src/main/java/com/shop/Main.kt'], origin: 'app/src/main/java/com/shop/Main.kt:4' },
};
