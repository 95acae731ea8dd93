import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldShape, foldShapeLines, maxShapeLength } from '../../../src/model/logShape.ts';

describe('shape of a log line', () => {
  const folds: Readonly<Record<string, string>> = {
    'Timeout after 3012 ms for order 8812': 'Timeout after <number> ms for order <number>',
    'user 123e4567-e89b-12d3-a456-426614174000 is unknown': 'user <uuid> is unknown',
    'GET /users/8812/orders/99?x=1&y=2 failed': 'GET /users/<number>/orders/<number><query> failed',
    'connect ECONNREFUSED 10.0.0.12:5432': 'connect ECONNREFUSED <ip>',
    'from 2001:db8::ff00:42:8329 and ::1': 'from <ip> and <ip>',
    "Cannot read property 'x' of undefined": 'Cannot read property <quoted> of undefined',
    "it doesn't matter, it isn't 3": "it doesn't matter, it isn't <number>",
    'at 0xdeadbeef in 7f3a9c2e1b': 'at <hex> in <hex>',
    'request req-8f7a2b-11 of bob@example.org': 'request <id> of <mail>',
    'since 2024-01-02T03:04:05.678Z or 2024-01-02 03:04:05': 'since <time> or <time> <time>',
    'cost -12.5 of 1,204ms': 'cost <number> of <number>ms',
    'token «stripe-key-1» of «e-mail-2» refused 3': 'token «stripe-key-1» of «e-mail-2» refused <number>',
    'std::vector a::b C:\\app\\main': 'std::vector a::b C:\\app\\main',
  };
  for (const [text, shape] of Object.entries(folds)) it(`folds ${text}`, () => assert.equal(foldShape(text), shape));

  it('is the same for lines that differ in numbers, ids and quoted values alone', () => {
    const one = foldShape('order 12 of "bob" from 10.0.0.1 at /shops/4/carts/9 took 3.5 s');
    assert.equal(foldShape('order 7 of "alice smith" from 10.200.0.77 at /shops/1234/carts/0 took 0 s'), one);
    assert.notEqual(foldShape('order 7 was lost'), foldShape('order 7 was found'));
  });

  it('is bounded, and folds no further', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 900 }), (text) => {
        const shape = foldShape(text);
        assert.ok(shape.length <= maxShapeLength * 10);
      }),
    );
    for (const shape of Object.values(folds)) assert.equal(foldShape(shape), shape);
  });

  it('is folded in a digest in its own lines alone', () => {
    assert.equal(
      foldShapeLines('3 times\nShape: order 3\n    Shape: order 3\nShape: x 4'),
      '3 times\nShape: order <number>\n    Shape: order 3\nShape: x <number>',
    );
  });
});
