import assert from 'node:assert/strict';
import fc from 'fast-check';
import { environmentValues } from '../../../src/redaction/environmentValues.ts';
import { processorTime } from '../../support/processorTime.ts';

describe('values of an environment file', () => {
  it('are read as dotenv reads them', () => {
    const text = [
      'export A=first-1-value',
      'B="second 2\\nvalue"',
      "C='third #3 value'",
      'D=`fourth 4 value`',
      'E=fifth5#value # a comment',
      '  F : sixth-6-value',
      '# G=seventh-7',
      'H=',
    ].join('\r\n');
    assert.deepEqual(environmentValues(text), [
      'first-1-value',
      'second 2\nvalue',
      'third #3 value',
      'fourth 4 value',
      'fifth5#value',
      'sixth-6-value',
    ]);
  });

  it('leave out what says how a program runs', () => {
    const values = [
      'true',
      'production',
      'localhost',
      '3000',
      '15000ms',
      'us-east-1',
      'utf-8',
      'info',
      'abc12',
      '${OTHER}',
      'changeme',
      'http://localhost:3000/api',
      'db.internal:5432',
      './data/cache',
      'orders-service',
      'smtp.acme.io',
      '10,20,30',
    ];
    assert.deepEqual(environmentValues(values.map((value, at) => `V${at}=${value}`).join('\n')), []);
  });

  it('hold the password of an address by itself', () => {
    assert.ok(environmentValues(`URL=postgres://app:${'s3cr' + 'et-pw'}@db/orders`).includes('s3cr' + 'et-pw'));
  });

  it('are found in any text, in linear time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => environmentValues(text).every((value) => value.length >= 6)),
    );
    const started = processorTime();
    environmentValues('A="'.repeat(50_000));
    environmentValues('A='.repeat(100_000));
    environmentValues("A='\n".repeat(50_000));
    assert.ok(processorTime() - started < 2_000);
  });
});
