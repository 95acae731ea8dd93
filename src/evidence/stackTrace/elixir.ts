import { parseHeaded, type HeadedGrammar } from './headed.ts';
import { makeFrame, type StackFrame, type TraceHeader, type TraceParser } from './model.ts';
import { elixirLibraries, isOwnFile } from './ownCode.ts';

const framePattern =
  /^\s*(?:\(([\w.]{1,80})(?: [\w.+-]{1,60})?\) )?(\S{1,500}\.(?:exs?|eex|heex|leex|erl|hrl)):(\d{1,9}): (.{1,500})$/;

/** Erlang's shell: `     in function  shop_pay:charge/1 (src/shop_pay.erl, line 12)`. */
const erlangPattern = /^\s*(?:in function|in call from|called as)\s+(\S{1,200}) \((\S{1,500}\.erl), line (\d{1,9})\)$/;

const grammar: HeadedGrammar = {
  language: 'elixir',
  frame: parseFrame,
  header,
  skip: (text) => (/^\s*\(\w+(?: [\w.+-]+)?\) :?[\w.]+[./]\S*\/\d+/.test(text) ? 0 : undefined),
};

/** Elixir and Erlang under it: `** (RuntimeError) message`, then `    (shop 0.1.0) lib/shop/cart.ex:12: Shop.Cart.add/2`. */
export const parseElixir: TraceParser = (lines, at, floor) => parseHeaded(grammar, lines, at, floor);

function header(text: string): TraceHeader | undefined {
  const erlang = /^\s*(?:\*\* )?exception (error|exit|throw): (.*)$/.exec(text);
  if (erlang !== null) return { type: erlang[1] ?? '', message: erlang[2] ?? '' };
  const match = /\*\* \(([\w.: ]{1,200})\) ?(.*)$/.exec(text);
  return match === null ? undefined : { type: match[1] ?? '', message: match[2] ?? '' };
}

function parseFrame(text: string): StackFrame | undefined {
  const erlang = erlangPattern.exec(text);
  if (erlang !== null) {
    const [, name, file = '', line] = erlang;
    return makeFrame({ function: name, file, line, own: isOwnFile(file) && file.includes('/') });
  }
  const match = framePattern.exec(text);
  if (match === null) return undefined;
  const [, application, file = '', line, name] = match;
  const own =
    isOwnFile(file) && !file.endsWith('.erl') && !(application !== undefined && elixirLibraries.has(application));
  return makeFrame({ function: name, file, line, own });
}
