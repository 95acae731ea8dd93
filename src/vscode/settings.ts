import * as vscode from 'vscode';
import { isEffort } from '../claude/endpoint.ts';
import { parseEndpoints } from '../claude/endpoints.ts';
import type { ParsedEndpoints } from '../claude/endpoints.ts';
import { environment, settingsSection } from '../contributions.ts';
import type { Settings } from '../contributions.ts';
import type { Budget } from '../investigation/budget.ts';
import { knownPrices } from '../model/price.ts';
import { parsePrices } from '../model/priceList.ts';
import { defaultContextWindow, smallestContextWindow } from '../model/contextWindow.ts';
import { usualWatchMinutes } from '../model/watch.ts';

/** Minutes; a suite may well take some. */
const defaultTestMinutes = 10;

/** A setting's value as the user has it; undefined where it is unset or has the wrong type. */
export function readSetting<K extends keyof Settings>(
  key: K,
  isType: (value: unknown) => value is Settings[K],
): Settings[K] | undefined {
  const value = vscode.workspace.getConfiguration(settingsSection).get<unknown>(key);
  return isType(value) ? value : undefined;
}

/** A setting's value as it stands, for a reader that tells what is wrong with it. */
export function readRaw(key: keyof Settings): unknown {
  return vscode.workspace.getConfiguration(settingsSection).get<unknown>(key);
}

/** The endpoints as the settings and the environment have them now, in their order. */
export function configuredEndpoints(): ParsedEndpoints {
  return parseEndpoints(vscode.workspace.getConfiguration(settingsSection).get<unknown>('endpoints'), {
    baseUrl: process.env[environment.baseUrl],
    model: readSetting('model', isText),
    maxTokens: readSetting('maxOutputTokens', isCount),
    effort: readSetting('effort', isEffort),
    demo: isOn(process.env[environment.demoReplies]),
    keyVariable: environment.apiKey,
  });
}

/** How long the watch after a deploy lasts, in minutes. */
export function watchMinutes(): number {
  return readSetting('watch.minutes', isPositive) ?? usualWatchMinutes;
}

/** Milliseconds that are waited for an endpoint before another one takes over. */
export function longestWaitMs(): number {
  return (readSetting('longestWait', isSeconds) ?? 5) * 1000;
}

/** What an incident may cost, and the prices to reckon by: the user's own before the known ones. */
export function budget(): Budget {
  const own = vscode.workspace.getConfiguration(settingsSection).get<unknown>('prices');
  return { prices: [...parsePrices(own), ...knownPrices], limit: readSetting('budget', isAmount) ?? 0 };
}

/** Tokens that a model reads and writes at most in one request, as the settings have it, or the usual window. */
export function contextWindowOf(model: string): number {
  const windows = readSetting('contextWindows', isCounts) ?? {};
  return Math.max(windows[model] ?? defaultContextWindow, smallestContextWindow);
}

/** Milliseconds that one run of a test may take. */
export function testTimeLimit(): number {
  return (readSetting('testTimeLimit', isCount) ?? defaultTestMinutes) * 60_000;
}

/** Calls back when a setting of ours has changed. */
export function onSettingsChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(settingsSection)) listener();
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 600;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCounts(value: unknown): value is Record<string, number> {
  return typeof value === 'object' && value !== null && Object.values(value).every(isCount);
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
