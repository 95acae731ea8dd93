/** Folders and schemes that hold what others wrote: package managers', runtimes' and languages' own. */
const libraryPath = new RegExp(
  [
    // JavaScript
    '(^|/)node_modules/',
    '^node:',
    '^internal/',
    '^(_?module|util|events|net|fs|stream|timers|async_hooks|http|https|tls|dns|domain|vm|bootstrap_node|_[a-z_]+)\\.js$',
    '^(native|<anonymous>|\\[native code\\]|\\[internal function\\])$',
    '^(chrome|moz|safari-web)-extension:',
    '^resource:',
    '(^|/)webpack/(bootstrap|runtime)',
    '(^|/)\\.pnpm/',
    '(^|/)\\.yarn/(cache|unplugged|__virtual__)/',
    '(^|/)\\.wrangler/tmp/',
    '^(deno|ext|bun):',
    // Python
    '(^|/)(site|dist)-packages/',
    '(^|/)lib(64)?/python\\d',
    '(^|/)python\\d+(\\.\\d+)?/lib/',
    '^<(frozen|string|stdin|attrs|__array_function__)',
    // Ruby
    '(^|/)gems/',
    '(^|/)lib/ruby/',
    '^<internal:',
    // Go, Rust, Dart, PHP, Elixir
    '(^|/)pkg/mod/',
    '(^|/)go/src/(runtime|net|reflect|internal|testing|database|encoding|sync|os|io|context|log|bufio|bytes|fmt|time)/',
    '(^|/)go(-?\\d[\\d.]*)?/src/(runtime|net/http|reflect)/',
    '^/usr/(local/)?(lib|share)/',
    '^/var/(runtime|lang)/',
    '@v\\d+\\.\\d',
    '^_cgo_gotypes\\.go$',
    '(^|/)dart_sdk\\.js',
    '^(runtime|encoding|net|reflect|internal|database|testing|sync|os|io|context|log|bufio|bytes|fmt|time|errors|strings|strconv|sort|crypto|compress|archive|html|text|math|slices|maps)(/[\\w./-]+)?/\\w+\\.(go|s)$',
    '^/rustc/',
    '(^|/)\\.cargo/(registry|git)/',
    '(^|/)library/(std|core|alloc|test)/src/',
    '^dart(-|:)',
    '(^|/)\\.pub-cache/',
    '(^|/)vendor/',
    '(^|/)wp-(includes|admin)/',
    '(^|/)deps/[\\w-]+/lib/',
    // Homebrew, hosted runners, layers of AWS Lambda
    '^/opt/(homebrew|hostedtoolcache|python|nodejs|ruby/gems)/',
    '(^|/)\\.(rbenv|rvm|pyenv|asdf|nvm|rustup|sdkman)/',
  ].join('|'),
);

/** Whether a frame's file is the service's own by its path. Windows paths too. */
export function isOwnFile(file: string): boolean {
  return !libraryPath.test(file.replaceAll('\\', '/').replace(/^file:\/\//, ''));
}

/** Whether a path of the workspace is in a folder that a package manager filled, committed or not. */
export function isPackageFolder(path: string): boolean {
  return /(^|\/)(node_modules|bower_components|vendor|third_party|site-packages|dist-packages|gems|\.yarn|\.pnpm|\.bundle)\//.test(
    path,
  );
}

/** Packages whose names begin so are the languages', the runtimes' and the common frameworks'. */
export function isLibraryName(name: string, prefixes: ReadonlySet<string>): boolean {
  for (let at = name.indexOf('.'); at !== -1; at = name.indexOf('.', at + 1))
    if (prefixes.has(name.slice(0, at))) return true;
  return prefixes.has(name);
}

export const jvmLibraries: ReadonlySet<string> = new Set(
  `java javax jakarta jdk sun com.sun kotlin kotlinx scala groovy clojure akka _COROUTINE
  org.springframework org.apache org.hibernate org.eclipse org.jboss org.junit org.mockito org.gradle org.slf4j
  org.codehaus org.postgresql org.mariadb org.jetbrains org.glassfish org.thymeleaf org.quartz org.mongodb org.xnio
  org.scala-lang org.scalatest org.elasticsearch org.redisson org.aspectj org.xml org.w3c org.json org.jooq org.flywaydb
  org.testng org.assertj org.objectweb org.infinispan org.wildfly org.keycloak org.opensearch org.http4s org.threeten
  io.netty io.undertow io.micronaut io.quarkus io.vertx io.grpc io.ktor io.reactivex io.micrometer io.lettuce
  io.opentelemetry io.smallrye io.helidon io.projectreactor io.r2dbc io.jsonwebtoken io.github.resilience4j
  com.fasterxml com.google com.mysql com.zaxxer com.netflix com.amazonaws software.amazon com.mongodb com.microsoft
  com.oracle com.android android androidx dalvik com.squareup okhttp3 okio retrofit2 reactor rx ch.qos net.bytebuddy
  net.sf com.github.benmanes com.rabbitmq redis.clients com.h2database org.h2 com.ibm com.intellij play zio cats
  feign lombok oracle.jdbc liquibase dagger`.split(/\s+/),
);

export const dotnetLibraries: ReadonlySet<string> = new Set(
  `System Microsoft Windows MS Internal Newtonsoft Npgsql MySql MySqlConnector Dapper Serilog NLog Autofac AutoMapper
  MediatR Polly Grpc Google MassTransit RabbitMQ StackExchange Xunit NUnit Moq Castle Amazon Azure MongoDB Hangfire
  FluentValidation Swashbuckle Quartz Confluent RestSharp log4net Oracle NHibernate Ocelot Orleans Akka Mono
  IdentityServer4 HotChocolate Refit Elasticsearch Nest FastEndpoints Marten Wolverine Interop`.split(/\s+/),
);

export const elixirLibraries: ReadonlySet<string> = new Set(
  `elixir stdlib kernel erts eex ex_unit iex logger mix ssl crypto inets public_key compiler sasl mnesia phoenix
  phoenix_live_view phoenix_html phoenix_pubsub phoenix_ecto phoenix_template plug plug_cowboy plug_crypto cowboy cowlib
  ranch bandit thousand_island ecto ecto_sql postgrex myxql tds db_connection decimal jason poison oban broadway
  gen_stage telemetry absinthe absinthe_plug tesla finch mint req hackney httpoison redix nimble_pool nimble_options
  gettext swoosh bamboo guardian ueberauth sentry opentelemetry quantum commanded horde libcluster nebulex cachex
  websock websock_adapter hpax castore floki timex ex_aws amqp kafka_ex brod grpc dataloader flow credo`.split(/\s+/),
);

/** Modules of Erlang's own libraries, which its reports name without a folder or with one of the build machine. */
export const erlangLibraries: ReadonlySet<string> = new Set(
  `proc_lib gen_server gen_statem gen_event supervisor application erlang lists maps ets erl_eval shell timer rpc gen
  cowboy_stream_h cowboy_handler cowboy_http ranch_protocol error_logger logger code_server file_io_server`.split(
    /\s+/,
  ),
);

export const dartLibraries: ReadonlySet<string> = new Set(
  `flutter flutter_test flutter_bloc bloc provider riverpod flutter_riverpod http dio rxdart async stack_trace test
  test_api shelf shelf_router collection path get get_it go_router sqflite firebase_core cloud_firestore equatable
  web_socket_channel stream_channel hive isar drift grpc fake_async matcher zone mobx flutter_mobx auto_route
  flutter_localizations flutter_web_plugins sky_engine state_notifier retrofit json_annotation build_runner`.split(
    /\s+/,
  ),
);
