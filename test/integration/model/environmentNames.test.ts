import { execFileSync } from 'node:child_process';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxPastedNames, namesCommands, pastedNames } from '../../../src/model/environmentNames.ts';

describe('names of environment variables that are pasted', () => {
  it('are taken as they are printed, each once', () => {
    assert.deepEqual(pastedNames('PATH\nSTRIPE_KEY\r\nhttp_proxy\nPATH\n\n'), ['PATH', 'STRIPE_KEY', 'http_proxy']);
  });

  it('are taken out of assignments, whose values are dropped', () => {
    assert.deepEqual(pastedNames('A=1\nexport B="two"\ndeclare -x C="three"\nset D=4\n'), ['A', 'B', 'C', 'D']);
    assert.deepEqual(pastedNames('[\n  "A=secret",\n  "B=secret"\n]'), ['A', 'B']);
    assert.deepEqual(pastedNames('=== app Config Vars\nA: secret\nB:   https://x:y@z\n'), ['A', 'B']);
    assert.deepEqual(pastedNames('{\n  "A": "secret",\n  "B": "x"\n}'), ['A', 'B']);
  });

  it('are not looked for in the further lines of a value', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nHUNTERTWO\n-----END PRIVATE KEY-----';
    assert.deepEqual(pastedNames(`A=1\nKEY=${key}\nB=2\n`), ['A', 'KEY', 'B']);
    assert.deepEqual(pastedNames('Tr0ub4dor\nsk_live_51HxyzABC\n'), []);
  });

  it('are bounded, and names whatever is pasted', () => {
    const many = Array.from({ length: maxPastedNames + 500 }, (_, index) => `NAME_${index}`).join('\n');
    assert.equal(pastedNames(many).length, maxPastedNames);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const name of pastedNames(text)) assert.match(name, /^[A-Za-z_][A-Za-z0-9_]*$/);
      }),
    );
  });

  it('never hold a value that stands behind an equals sign', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Za-z0-9+/]{12,60}$/), { minLength: 1, maxLength: 20 }), (values) => {
        const text = values.map((value, index) => `V_${index}=${value}`).join('\n');
        assert.deepEqual(
          pastedNames(text),
          values.map((_, index) => `V_${index}`),
        );
      }),
    );
  });

  it('are all that the command for a shell prints', () => {
    const command = namesCommands[0]?.command ?? '';
    const env = { PATH: process.env['PATH'], A: 'hunter2', EMPTY: '', KEY: '-----BEGIN\nHUNTERTWO\nx y=z' };
    const printed = execFileSync('sh', ['-c', command], { env, encoding: 'utf8' });
    assert.deepEqual(
      printed
        .trim()
        .split('\n')
        .filter((name) => !/^(_|PWD|SHLVL|OLDPWD)$/.test(name)),
      ['A', 'EMPTY', 'KEY', 'PATH'],
    );
  });

  it('have a command for each platform that cuts the values off', () => {
    assert.deepEqual(
      namesCommands.map(({ platform }) => platform),
      ['Shell', 'Kubernetes', 'Docker', 'Heroku', 'PowerShell'],
    );
    for (const { command } of namesCommands)
      assert.match(command, /grep -oE '\^\[A-Za-z_\]\[A-Za-z0-9_\]\*=' \| tr -d =|keys|ExpandProperty Name/);
  });
});
