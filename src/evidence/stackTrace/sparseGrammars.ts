import type { SparseGrammar } from './sparse.ts';

/** Julia: ` [2] charge(order::Dict)`, then `   @ Main.Shop /srv/shop/src/Charge.jl:14`. */
export const julia: SparseGrammar = {
  frame: /^\s+@ (?:[A-Z][\w.]{0,200} )?(?<file>PATH\.jl):LINE/,
  between: /^\s*\[\d+\] |^\s+@ |^\s+(?:\.\.\.|---)/,
  tail: /^in expression starting at /,
  header:
    /(?:ERROR|caused by|Error):? (?:LoadError: |InitError: |TaskFailedException.{0,200}nested task error: )?(?<type>[A-Z]\w{0,200}(?:\{.{1,200}\})?)(?:: MESSAGE)?$/,
  library: /^\.\/|\/(?:stdlib|\.julia\/packages)\//,
};

/**
 * Languages and tools whose traces say little: a place in each line, an error before or behind them. As their runtimes
 * print them; the examples are theirs. They are asked only where no other trace is in a text.
 */
export const sparseGrammars: readonly SparseGrammar[] = [
  // Haskell (GHC): `  head, called at src/Shop/Charge.hs:47:12 in shop-0.1.0.0-inplace:Shop.Charge`
  {
    frame: /^\s+(?<function>\S{1,200}), called at (?<file>\S{1,500}?):LINE:COLUMN in (?!base:|ghc|template-haskell)\S/,
    between: /, called at \S+ in (?:base|ghc)/,
    header: /^(?:[\w.-]{1,80}: )?(?!CallStack)MESSAGE$/,
    library: /^libraries\//,
  },
  // OCaml: `Called from Shop.Charge.total in file "lib/charge.ml", line 23, characters 14-41`
  {
    frame:
      /^(?:Raised|Re-raised|Called)(?: by primitive operation)? (?:at|from) (?:(?<function>\S{1,300}) in )?file "(?<file>[^"]{1,500})"(?: \(inlined\))?, lines? LINE(?:-\d+)?, characters COLUMN/,
    header: /^(?:Fatal error: )?[Ee]xception:? (?<type>[A-Z][\w.]{0,200})(?:\(MESSAGE\))?/,
    library:
      /^(?!.*\/)(?:stdlib|hashtbl|list|map|set|array|bytes|string|printexc|scanf|buffer|stack|queue|option|seq|camlinternal\w+)\.ml$/,
  },
  // Crystal: `  from src/shop/charge.cr:31:15 in 'total'`
  {
    frame: /^\s+from (?<file>PATH\.cr):LINE:COLUMN in '(?<function>.{1,300})'/,
    header: /^Unhandled exception(?: in \w{1,40})?: (?<message>.{0,2000}?)(?: \((?<type>[A-Z][\w:]{0,200})\))?$/,
    library: /(?:^|\/)(?:lib|crystal\/src)\//,
  },
  // Nim: `/srv/shop/src/charge.nim(19) charge`, the innermost last, then the error
  {
    frame: /^(?<file>PATH\.nim)\(LINE(?:, \d+)?\) +(?<function>\S{1,200})$/,
    header: /^Error: unhandled exception: (?<message>.{0,2000}?) \[(?<type>\w{1,200})\]$/,
    errorBehind: true,
    library: /\/(?:nim[^/]*\/lib|\.nimble\/pkgs2?)\//,
  },
  // Zig: `/srv/shop/src/charge.zig:27:17: 0x1034e3b in total (main)`
  {
    frame: /^(?<file>PATH\.zig):LINE:COLUMN: 0x[0-9a-f]{1,16} in (?<function>\S{1,300}) \(/,
    between: /^\s+\S|^\s*\^?\s*$/,
    header: /^(?:thread \d+ panic: MESSAGE|error: (?<type>[A-Z]\w{0,200}))$/,
    library: /\/zig\/(?:[\d.]+\/)?(?:lib\/)?std\/|\/lib\/std\//,
  },
  // D: `src/charge.d:27 void shop.charge(int) [0x55]`
  {
    frame: /^(?<file>PATH\.d):LINE (?<function>.{1,300}?) \[0x/,
    header: /^(?<type>[\w.]{1,200}(?:Error|Exception))@\S{1,500}\(\d+\)(?:: MESSAGE)?$/,
    between: /^-+$|^\?\?:\?/,
    library: /\/(?:druntime|phobos)\/|^\.\.\//,
  },
  // Apex (Salesforce): `Class.ChargeService.charge: line 52, column 1`
  {
    frame: /^(?:\(?)(?<file>(?:Class|Trigger)\.[\w.]{1,200}): line LINE, column COLUMN/,
    fileOf: (name) => {
      const [kind, ...names] = name.split('.');
      // `Class.Outer.Inner.method`: an inner class is in its outer one's file.
      return kind === 'Trigger' ? `${names[0]}.trigger` : `${names[0]}.cls`;
    },
    between: /^\s*$/,
    header: /(?:^|[\s|])(?<type>[A-Za-z][\w.]{0,200}Exception): MESSAGE$/,
  },
  // Terraform, OpenTofu, Packer: `  on infra/main.tf line 42, in resource "aws_ecs_service" "checkout":`
  {
    single: true,
    frame: /^[│|]?\s+on (?<file>PATH\.(?:tf|tfvars|hcl|tofu)) line LINE(?:, in (?<function>.{1,200}):)?/,
    header: /^[│|]?\s*(?<type>Error): MESSAGE$/,
  },
  // Godot: `   at: charge (res://game/charge.gd:27)`, `   [1] pay (res://game/shop.gd:8)`
  {
    frame: /^\s+(?:at: |\[\d+\] |\d+ - )?(?<function>[^\s(]{1,200}) \(res:\/\/(?<file>[^():]{1,500}):LINE\)/,
    between: /^\s*GDScript backtrace/,
    header: /^\s*(?:E \S+ +)?(?<type>(?:(?:USER )?(?:SCRIPT )?ERROR)): MESSAGE$/,
    library: /^addons\//,
  },
  // Oracle: `ORA-06512: at "SHOP.SHOP_CHARGE", line 88`; a unit of the database, whose file nobody tells
  {
    frame: /^ORA-06512: at "(?<function>[^"]{1,200})", line LINE/,
    between: /^ORA-06512: at line /,
    header: /^(?:ERROR at line \d+:\s*|.{0,200}?: )?(?<type>ORA-(?!06512)\d{5}): MESSAGE$/,
  },
  // psql: `psql:migrations/012_orders.sql:12: ERROR:  relation "orders" does not exist`
  {
    single: true,
    frame: /^psql:FILE:LINE: (?:ERROR|FATAL|PANIC):/,
    header: /(?<type>ERROR|FATAL|PANIC):\s+MESSAGE$/,
  },
  // Ada (GNAT): `raised CONSTRAINT_ERROR : charge.adb:23 index check failed`
  {
    single: true,
    frame: /\braised [A-Z_.]{1,200} : (?<file>[^\s:]{1,500}\.ad[bs]):LINE/,
    header: /\braised (?<type>[A-Z_.]{1,200}) : \S+ MESSAGE$/,
  },
  // Fortran (gfortran): the error stands in the next line
  {
    single: true,
    frame: /^At line LINE of file (?<file>\S{1,500})/,
    header: /^(?<type>Fortran runtime error): MESSAGE$/,
    errorBehind: true,
  },
  // Racket: `   /srv/shop/src/charge.rkt:23:0: total`
  {
    frame: /^\s{3}(?<file>\S{1,500}\.rkt):LINE:COLUMN(?:: (?<function>\S.{0,200}))?$/,
    between: /^\s{3}(?:body of|\[repeats|\.\.\.)/,
    header: /^(?<type>[\w/!?*<>=-]{1,100}): MESSAGE$/,
    library: /\/(?:collects|racket\/share)\//,
  },
  // make: `make[1]: *** [src/Makefile:23: build] Error 2`
  {
    single: true,
    frame: /^\w*make(?:\[\d+\])?: \*\*\* \[(?<file>[^\s:\]]{1,500}):LINE: (?<function>[^\]]{1,200})\]/,
    header: /: \*\*\* \[[^\]]{1,700}\] (?<message>.{0,200})$/,
  },
  // docker build: the instruction's place, its lines, then what failed
  {
    single: true,
    frame: /^(?<file>(?:[^\s:]{1,400}\/)?[\w.-]{0,100}(?:Docker|Container)file[\w.-]{0,100}):LINE$/,
    header: /^(?<type>ERROR): MESSAGE$/,
    errorBehind: true,
  },
  // nginx: `nginx: [emerg] unknown directive "lisen" in /etc/nginx/conf.d/shop.conf:12`
  {
    single: true,
    frame: /^(?:nginx: |[\d/]{10} [\d:]{8} )\[(?:emerg|alert|crit)\] .{0,2000} in FILE:LINE$/,
    header: /^(?:nginx: |[\d/]{10} [\d:]{8} )\[(?<type>emerg|alert|crit)\] (?:\d+#\d+: )?MESSAGE in \S+$/,
  },
  // kubectl, helm: `error parsing k8s/deploy.yaml: error converting YAML to JSON: yaml: line 12: did not find expected key`
  {
    single: true,
    frame: /\b(?:error|Error|failed to) (?:parsing|parse) FILE: .{0,500}?\bline LINE/,
    header: /(?<type>[Ee]rror): MESSAGE$/,
  },
  // Ansible: the place stands below what failed
  {
    single: true,
    frame:
      /^The (?:error|offending line) appears to (?:be|have been) in '(?<file>[^']{1,500})': line LINE, column COLUMN/,
    header:
      /^(?<type>fatal|ERROR!|failed)(?:: \[[^\]]{1,200}\](?: \([^)]{1,200}\))?: \S+ =>|:)? (?:\{.{0,2000}?"msg": ")?(?<message>[^"{].{0,2000}?)(?:"[,}].{0,2000})?$/,
    placeAlone: true,
  },
  // CMake: `CMake Error at src/CMakeLists.txt:12 (add_executable):`
  {
    single: true,
    frame: /^CMake Error at FILE:LINE \((?<function>[\w-]{1,200})\):/,
    header: /^ {2}MESSAGE$/,
    type: 'CMake Error',
    errorBehind: true,
  },
  // gcc, clang, javac, tsc for people, Swift: `src/pay.c:12:3: error: no member`
  {
    single: true,
    frame: /^SOURCE:LINE(?::COLUMN)?(?::| -) (?:fatal )?error\b/,
    header: /\bDIAGNOSTIC MESSAGE$/,
  },
  // tsc, MSBuild: `src/pay.ts(12,16): error TS2339: no property`
  {
    single: true,
    frame: /^\s*SOURCE\(LINE,COLUMN\): (?:fatal )?error\b/,
    header: /\bDIAGNOSTIC (?<message>\S.{0,2000}?)(?: \[[^\]]{1,500}proj\])?$/,
  },
];
