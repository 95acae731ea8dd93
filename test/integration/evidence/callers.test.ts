import assert from 'node:assert/strict';
import { callersEvidence, maxCallers, searchCallers } from '../../../src/evidence/callers.ts';
import { changedFunctions, definedIn, functionAround } from '../../../src/evidence/changedFunctions.ts';
import { openRepository } from '../../../src/evidence/git.ts';
import { TemporaryRepository } from '../../support/temporaryRepository.ts';

describe('functions that a fix changes', () => {
  const definitions: readonly [string, string, string][] = [
    ['a.js', 'export async function charge(order) {', 'charge'],
    ['a.ts', 'export const charge = async (order: Order): Promise<void> => {', 'charge'],
    ['a.ts', '  private async charge(order: Order): Promise<void> {', 'charge'],
    ['a.js', 'exports.charge = function (order) {', 'charge'],
    ['a.py', '    async def charge(self, order):', 'charge'],
    ['a.rb', '  def self.charge!(order)', 'charge!'],
    ['a.go', 'func (s *Store) Charge(ctx context.Context) error {', 'Charge'],
    ['a.rs', '    pub(crate) async fn charge<T>(order: T) -> Result<()> {', 'charge'],
    ['a.php', '    public function charge(?string $key): void', 'charge'],
    ['A.kt', '    private suspend fun charge(order: Order) {', 'charge'],
    ['A.java', '    public static <T> void charge(Order order) throws IOException {', 'charge'],
    ['A.java', '    private Map<String, Integer> charge(Order order) {', 'charge'],
    ['A.cs', '    public async Task<int> ChargeAsync(Order order)', 'ChargeAsync'],
    ['a.scala', '  override def charge(order: Order): Unit = {', 'charge'],
    ['a.ex', '  def charge(order) do', 'charge'],
    ['a.swift', '    func charge(order: Order) {', 'charge'],
  ];
  for (const [path, text, name] of definitions)
    it(`are found by ${text.trim()}`, () => {
      const defined = definedIn(path, text);
      assert.equal(defined?.name, name);
      assert.equal(text.slice(defined.character, defined.character + name.length), name);
    });

  it('are not what only looks like one', () => {
    for (const [path, text] of [
      ['a.js', '  if (order) {'],
      ['a.js', '  return charge(order);'],
      ['a.ts', '  for (const x of y) {'],
      ['A.java', '        return charge(order);'],
      ['A.java', '        new Order(order);'],
      ['a.txt', 'function charge() {'],
    ] as const)
      assert.equal(definedIn(path, text), undefined, text);
  });

  it('are those around an edit and those within it, before and after it is applied', () => {
    const before = 'function one() {\n  a();\n}\n\nfunction two() {\n  b();\n}\n';
    const edits = [{ path: 'a.js', search: '  b();\n', replace: '  c();\n' }];
    const names = (text: string, all = edits): readonly string[] =>
      changedFunctions(all, 'a.js', text).map(({ name }) => name);
    assert.deepEqual(names(before), ['two']);
    assert.deepEqual(names(before.replace('b();', 'c();')), ['two']);
    assert.deepEqual(names(before, [{ path: 'a.js', search: '}\n\nfunction two() {\n', replace: '' }]), ['two', 'one']);
    assert.deepEqual(names(before, [{ path: 'b.js', search: 'b();', replace: '' }]), []);
    assert.deepEqual(names(before, [{ path: 'a.js', search: 'gone', replace: 'gone too' }]), []);
  });
});

describe('callers', function () {
  this.timeout(20_000);
  let repository: TemporaryRepository;
  beforeEach(async () => (repository = await TemporaryRepository.create()));
  afterEach(() => repository.remove());
  const changed = { path: 'src/pay.js', name: 'charge', line: 1, character: 16 };

  it('are found by name, without the definition, comments and words about code', async () => {
    await repository.write('src/pay.js', 'export function charge(order) {\n  return recharge(order);\n}\n');
    await repository.write(
      'src/web.js',
      "import { charge } from './pay.js';\n// charge is slow\nfunction checkout() {\n  charge(order);\n}\nsurcharge();\n",
    );
    await repository.commit('README.md', 'charge it\n', 'First');
    repository.git('add', '--all');
    const signal = AbortSignal.timeout(10_000);
    const opened = await openRepository(repository.root, signal);
    assert.ok(opened.ok);
    const found = await searchCallers(opened.value, changed, [repository.root], signal);
    assert.ok(found.ok);
    assert.deepEqual(
      found.value.callers.map(({ path, line }) => `${path}:${line}`),
      ['src/web.js:1', 'src/web.js:4'],
    );
    const { text, title, kind, callers } = callersEvidence([{ changed, found: found.value }]);
    assert.deepEqual([kind, title], ['callers', 'Callers of 1 changed function: 2 places']);
    assert.equal(
      text,
      "charge (src/pay.js:1), found by its name:\n  src/web.js:1 import { charge } from './pay.js';\n  src/web.js:4 in checkout: charge(order);",
    );
    assert.deepEqual(callers, [
      { of: 'charge', path: 'src/web.js', line: 1 },
      { of: 'charge', path: 'src/web.js', line: 4, in: 'checkout' },
    ]);
  });

  it('are a bounded list that says what was left out, and what could not be looked for', () => {
    const callers = Array.from({ length: maxCallers + 3 }, (_, at) => ({
      of: 'charge',
      path: 'a.js',
      line: at + 1,
      in: 'pay',
    }));
    const evidence = callersEvidence([
      { changed, found: { callers, source: 'languageServer' } },
      { changed: { ...changed, name: 'refund' }, found: undefined },
      { changed: { ...changed, name: 'unused' }, found: { callers: [], source: 'search' } },
    ]);
    assert.equal(evidence.text.match(/a\.js:\d+ in pay/g)?.length, maxCallers);
    assert.equal(evidence.omitted, '3 more places');
    assert.equal(evidence.callers?.length, maxCallers, 'each place once');
    assert.match(
      evidence.text,
      /refund \(src\/pay\.js:1\): its callers could not be looked for\.\n\nunused \(src\/pay\.js:1\): nothing else names it\.$/,
    );
  });
});

describe('the function around a line', () => {
  const cases: readonly [string, string, number, string | undefined][] = [
    ['a.js', 'function one() {\n  if (x) {\n    call();\n  }\n}\n', 3, 'one'],
    ['a.js', 'function one() {\n  a();\n}\ncall();\n', 4, undefined],
    ['a.js', 'class A {\n  one() {\n    a();\n  }\n\n  two() {\n\n    call();\n  }\n}\n', 8, 'two'],
    ['a.py', 'def one():\n    a()\n\ndef two():\n    with x:\n        call()\n', 6, 'two'],
    ['a.go', 'func One() {\n\ta()\n}\n\nfunc Two() {\n\tcall()\n}\n', 6, 'Two'],
    ['a.js', 'call();\n', 9, undefined],
    ['a.txt', 'function one() {\n  call();\n}\n', 2, undefined],
  ];
  for (const [path, text, line, name] of cases)
    it(`${path}:${line} is ${name ?? 'none'}`, () => assert.equal(functionAround(path, text.split('\n'), line), name));
});
