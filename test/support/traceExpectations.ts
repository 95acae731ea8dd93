/** What a reader of a fixture would say: `type: message | own frames, innermost first | causes`, by the fixture's name. */
export const traceExpectations: Readonly<Record<string, readonly string[]>> = {
  awslogs: ['javascript TypeError: boom | /app/src/pay.js:3:4'],
  bracketed: ['javascript TypeError: boom | /app/src/pay.js:3:4, /app/src/web.js:5:6'],
  bun: ['javascript TypeError: x | /app/src/pay.ts:2:7, /app/src/index.ts:5:1, /app/src/index.ts:9:7'],
  clojure: ['jvm java.lang.NullPointerException: x | shop/pay.clj:12, shop/web.clj:7'],
  cloudwatch: ['javascript TypeError: boom | /var/task/src/pay.js:3:4, /var/task/index.js:9:5'],
  'dart-trace': ['dart -: Bad state: No element | package:shop/cart.dart:12:5, package:shop/main.dart:4:3'],
  'dart-web': ['javascript Error: boom | http://localhost:8080/packages/shop/cart.dart.lib.js:120:17'],
  dart2: ['dart Exception: boom | package:shop/cart.dart:12:5, package:shop/pages/cart.dart:40:22'],
  deno: ['javascript TypeError: x is undefined | file:///app/src/pay.ts:12:15, file:///app/main.ts:3:1'],
  'dotnet-async': [
    'dotnet System.AggregateException: One or more errors occurred. (no key) | /src/Shop/Program.cs:5 | cause (dotnet System.InvalidOperationException: no key | /src/Shop/Pay.cs:47, /src/Shop/Web.cs:12)',
  ],
  'dotnet-generic': [
    "dotnet System.Collections.Generic.KeyNotFoundException: The given key 'x' was not present in the dictionary. | C:\\src\\Cart.cs:9, C:\\src\\Program.cs:3",
  ],
  'dotnet-nosymbols': [
    'dotnet System.NullReferenceException: Object reference not set to an instance of an object. | , ',
  ],
  'dotnet-serilog': [
    'dotnet System.NullReferenceException: Object reference not set to an instance of an object. | D:\\a\\1\\s\\src\\PayController.cs:12',
  ],
  electron: [
    'javascript Error: boom | app://./js/app.4f3a2b1c.js:1:2345, C:\\Users\\ada\\AppData\\Local\\shop\\resources\\app.asar\\src\\pay.js:3:4',
  ],
  'elixir-gen': [
    'elixir FunctionClauseError: no function clause matching in Shop.Pay.handle_call/3 | lib/shop/pay.ex:12',
  ],
  'elixir-task': ['elixir RuntimeError: boom | lib/shop/a.ex:3'],
  erlang: ['elixir badarith: - | src/shop_pay.erl:12, src/shop_web.erl:7'],
  'erlang-shell': [
    'elixir error: an error occurred when evaluating an arithmetic expression | src/shop_pay.erl:12, src/shop_web.erl:7',
  ],
  'firefox-resource': [
    'javascript ReferenceError: foo is not defined | https://shop.example.org/src/bar.js:3, https://shop.example.org/src/page.js:9',
  ],
  fsharp: ['dotnet System.Exception: boom | /src/Pay.fs:12, /src/Web.fs:3'],
  gcp: ['javascript TypeError: boom | /workspace/src/pay.js:3:4, /workspace/src/web.js:5:6'],
  gha: ['javascript TypeError: boom | /home/runner/work/shop/shop/src/pay.js:3:4'],
  'go-cgo': ['go goroutine: syscall | /app/main.go:9'],
  'go-fatal': ['go fatal error: concurrent map writes | /build/cart/store.go:31, /build/web/serve.go:18'],
  'go-gin': ['go panic: runtime error: index out of range [3] with length 3 | /app/handlers/pay.go:22'],
  'go-pkgerrors': ['go -: no key | /app/pay/charge.go:47, /app/main.go:12'],
  'go-race': [
    'go -: Write at 0x00c0000a4010 by goroutine 7: | /app/counter.go:12, /app/main.go:20',
    'go -: Previous read at 0x00c0000a4010 by main goroutine: | /app/main.go:25',
  ],
  'go-signal': [
    'go panic: runtime error: invalid memory address or nil pointer dereference | /app/main.go:7, /app/main.go:12',
  ],
  'go-trimpath': ['go panic: no key | github.com/acme/shop/pay/charge.go:47, github.com/acme/shop/main.go:12'],
  groovy: [
    'jvm groovy.lang.MissingPropertyException: No such property: x for class: Script1 | com/acme/Pay.groovy:12, com/acme/Pay.groovy:8',
  ],
  hermes: [
    "javascript TypeError: Cannot read property 'x' of undefined, js engine: hermes | index.android.bundle:1:12345, index.android.bundle:1:999",
  ],
  heroku: ['javascript TypeError: boom | /app/src/pay.js:3:4, /app/src/web.js:5:6'],
  'java-json': [
    'jvm java.lang.IllegalStateException: no key | com/acme/shop/Payment.java:47, com/acme/shop/Web.java:3 | cause (jvm java.io.IOException: gone | com/acme/shop/Net.java:9)',
  ],
  'java-logback': [
    'jvm java.lang.IllegalStateException: no key | com/acme/shop/Payment.java:47, com/acme/shop/Checkout.java:12',
  ],
  'java-module': [
    'jvm java.lang.NullPointerException: Cannot invoke "String.length()" because "<local1>" is null | com/acme/Main.java:5, com/acme/Main.java:3',
  ],
  'java-oneline': [
    'jvm java.lang.IllegalStateException: no key | com/acme/shop/Payment.java:47, com/acme/shop/Web.java:3',
  ],
  jenkins: [
    'javascript TypeError: boom | /home/jenkins/workspace/shop/src/pay.js:3:4, /home/jenkins/workspace/shop/src/web.js:5:6',
  ],
  jest: [
    "javascript TypeError: Cannot read properties of null (reading 'x') | src/cart.ts:4:12, test/cart.test.ts:11:10",
  ],
  journald: ["python NameError: name 'x' is not defined | /opt/shop/pay.py:4"],
  'k8s-stern': ['javascript TypeError: boom | /app/src/pay.js:3:4, /app/src/web.js:5:6'],
  'kotlin-coroutine': [
    'jvm java.lang.IllegalArgumentException: bad | com/acme/shop/Pay.kt:10, com/acme/shop/Pay.kt:20, com/acme/shop/Web.kt:5 | suppressed (jvm kotlinx.coroutines.internal.DiagnosticCoroutineContextException: [StandaloneCoroutine{Cancelling}@1] | )',
  ],
  'lambda-py': ["python KeyError: 'KEY' | /var/task/shop/pay.py:4, /var/task/handler.py:9"],
  'lambda-py2': ['python ValueError: bad | /var/task/handler.py:9'],
  nest: [
    "javascript TypeError: Cannot read properties of undefined (reading 'id') | /app/dist/users/users.service.js:22:31, /app/dist/users/users.controller.js:10:16",
  ],
  next: ["javascript TypeError: Cannot read properties of undefined (reading 'map') | ./app/page.tsx:12:18"],
  'node-aggregate': [
    'javascript AggregateError: - |  | cause (javascript Error: connect ECONNREFUSED ::1:6379 | /app/src/redis.js:8:3) | cause (javascript Error: connect ECONNREFUSED 127.0.0.1:6379 | )',
  ],
  'node-async': [
    'javascript Error: connect ECONNREFUSED 127.0.0.1:5432 | /app/src/db/pool.js:14:5, file:///app/src/orders/service.mjs:33:20 | cause (javascript Error: inner | /app/src/db/socket.js:3:9)',
  ],
  'node-esm-import': ["javascript Error: Cannot find module '/app/src/lib/x' imported from /app/src/index.js | "],
  'node-eval': [
    'javascript ReferenceError: y is not defined | /app/src/tpl.js:5:3, /app/src/tpl.js:5:3, /app/src/foo.js:9:9',
  ],
  'node-requirestack': ["javascript Error: Cannot find module 'express' | /app/src/server.js:1:17"],
  'php-apache': ['php Error: Undefined constant "X" | /var/www/html/a.php:3, /var/www/html/b.php:9'],
  'php-fatal': [
    'php TypeError: strlen(): Argument #1 ($string) must be of type string, null given | /var/www/html/src/Pay.php:12, /var/www/html/src/Pay.php:12, /var/www/html/public/index.php:5',
  ],
  'php-laravel': [
    'php Error: Call to a member function key() on null | /var/www/app/Services/Pay.php:47, /var/www/app/Http/Controllers/Web.php:30',
  ],
  'php-monolog': [
    'php RuntimeException: no key | /var/www/src/Pay.php:12, /var/www/src/Web.php:9, /var/www/public/index.php:3',
  ],
  'php-nginx': ['php Error: boom | /var/www/html/a.php:3, /var/www/html/b.php:9'],
  'php-xdebug': ['php Exception: boom | /var/www/src/Pay.php:12, /var/www/src/Web.php:9, /var/www/public/index.php:5'],
  'plain-prefix': ['python TypeError: x | /app/a.py:2'],
  pm2: ['javascript TypeError: boom | /srv/shop/src/pay.js:3:4, /srv/shop/src/web.js:5:6'],
  pm2ts: ['javascript TypeError: boom | /srv/shop/src/pay.js:3:4'],
  'py-asyncio': ['python RuntimeError: x | /app/worker.py:9'],
  'py-celery': ["python KeyError: 'x' | /app/shop/tasks.py:8"],
  'py-django': [
    "python django.core.exceptions.ValidationError: ['no'] | /app/shop/models.py:17, /app/shop/views.py:42",
  ],
  'py-multiproc': [
    'python ZeroDivisionError: division by zero | /app/main.py:9 | cause (python ZeroDivisionError: division by zero | /app/w.py:3)',
  ],
  'py-notes': ['python ValueError: x | /app/a.py:2'],
  'py-rich': ["python NameError: name 'x' is not defined | C:\\Users\\ada\\shop\\pay.py:12"],
  'py-syntax': ['python SyntaxError: invalid syntax | /app/shop/bad.py:3'],
  py311: ["python KeyError: 'KEY' | /app/shop/pay.py:12, /app/shop/web.py:30"],
  pygroup: [
    'python ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions) | /app/main.py:9 | cause (python ValueError: a | /app/shop/pay.py:12) | cause (python TypeError: b | /app/shop/mail.py:5)',
  ],
  'python-logfmt': ['python TypeError: x | /app/a.py:2'],
  rails7: [
    "ruby NoMethodError: undefined method `total' for nil:NilClass | app/models/cart.rb:8, app/controllers/cart_controller.rb:3",
  ],
  rn: [
    "javascript TypeError: undefined is not an object (evaluating 'a.b') | http://localhost:8081/index.bundle?platform=ios&dev=true:1234:56, http://localhost:8081/src/Cart.tsx:10:20",
  ],
  'ruby-block': ['ruby ArgumentError: boom | /app/lib/a.rb:3, /app/lib/b.rb:9, /app/lib/b.rb:9, -e:1'],
  'ruby-full': ['ruby RuntimeError: boom | lib/pay.rb:2, main.rb:5, main.rb:9'],
  ruby34b: [
    "ruby NoMethodError: undefined method 'key' for nil | app/services/pay.rb:12, app/controllers/pay_controller.rb:5",
  ],
  'rust-181': [
    'rust panic: index out of bounds: the len is 3 but the index is 9 | ./src/cart.rs:12:5, ./src/web.rs:8:9',
  ],
  'rust-eyre': ['rust Error: could not charge | /app/src/pay.rs:9, /app/src/main.rs:4 | cause (rust -: no key | )'],
  'rust-hint': ['rust panic: no key: NotPresent | crates/pay/src/lib.rs:47:22'],
  'rust-short': ['rust panic: called `Result::unwrap()` on an `Err` value: NotFound | src/main.rs:4:10'],
  'safari-native': [
    'javascript TypeError: null is not an object | https://shop.example.org/js/vendor.js:2:42571, https://shop.example.org/src/cart.ts:44:10',
  ],
  scala: [
    'jvm scala.MatchError: 5 (of class java.lang.Integer) | com/acme/shop/Pay.scala:12, com/acme/shop/Web.scala:20',
  ],
  'sentry-json': ['python TypeError: boom | app/pay.py:3, app/web.py:9'],
  slog: ['go goroutine: running | /app/pay.go:47, /app/main.go:12'],
  vite: [
    'javascript TypeError: boom | http://localhost:5173/src/pay.ts?t=1700000000000:3:4, http://localhost:5173/@fs/home/ada/shop/src/web.ts:5:6',
  ],
  vue: [
    'javascript TypeError: boom | ./src/Pay.vue?vue&type=script&lang=js&:12:5, webpack-internal:///./src/Pay.vue:12:5',
  ],
  winston: ['javascript TypeError: boom | /srv/shop/src/pay.js:3:4, /srv/shop/src/web.js:5:6'],
  zerolog: ['go -: no key | charge.go:47, main.go:12'],
};
