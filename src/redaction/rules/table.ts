import { answerRules } from './answers.ts';
import { cloudRows, cloudRules } from './cloud.ts';
import { commandRules } from './commands.ts';
import { configurationRules } from './configuration.ts';
import { consoleRules } from './consoles.ts';
import { connectionRules } from './connections.ts';
import { developerRows, developerRules } from './developer.ts';
import { callRules } from './calls.ts';
import { hashRules } from './hashes.ts';
import { networkRules } from './network.ts';
import { proseRules } from './prose.ts';
import { protocolRules } from './protocols.ts';
import { prefixRule } from './rule.ts';
import type { Rule } from './rule.ts';
import { serviceRows, serviceRules } from './services.ts';
import { signalRows, signalRules } from './signals.ts';

/** Secrets that are told by their own form. */
export const tokenRules: readonly Rule[] = [
  ...[...cloudRows, ...developerRows, ...serviceRows, ...signalRows].map((row) =>
    prefixRule(row, `${row.name}: the prefix is documented by who issues them`),
  ),
  ...cloudRules,
  ...developerRules,
  ...serviceRules,
  ...signalRules,
  ...hashRules.filter((rule) => rule.joinable === true),
  ...[...protocolRules, ...configurationRules].filter((rule) => rule.joinable === true),
];

/** Secrets that are told by what stands around them. */
export const contextRules: readonly Rule[] = [
  ...connectionRules,
  ...answerRules,
  ...consoleRules,
  ...commandRules,
  ...callRules,
  ...networkRules,
  ...proseRules,
  ...hashRules.filter((rule) => rule.joinable !== true),
  ...configurationRules.filter((rule) => rule.joinable !== true),
  ...protocolRules.filter((rule) => rule.joinable !== true),
];
