import type { Price } from './model/price.ts';

/**
 * Every id that the extension shares with its manifest and with the editor, in one table. A test compares it with
 * `package.json` both ways.
 */
export const commands = {
  openPanel: 'incidentPanel.openPanel',
  startIncident: 'incidentPanel.startIncident',
  startDemo: 'incidentPanel.startDemo',
  switchIncident: 'incidentPanel.switchIncident',
  renameIncident: 'incidentPanel.renameIncident',
  resolveIncident: 'incidentPanel.resolveIncident',
  reopenIncident: 'incidentPanel.reopenIncident',
  takeOverIncident: 'incidentPanel.takeOverIncident',
  deleteIncident: 'incidentPanel.deleteIncident',
  addSuspect: 'incidentPanel.addSuspect',
  removeSuspect: 'incidentPanel.removeSuspect',
  setSuspectRole: 'incidentPanel.setSuspectRole',
  acceptSuspect: 'incidentPanel.acceptSuspect',
  acceptAllSuspects: 'incidentPanel.acceptAllSuspects',
  chooseSourceMapFolder: 'incidentPanel.chooseSourceMapFolder',
  addClipboard: 'incidentPanel.addClipboard',
  addSelection: 'incidentPanel.addSelection',
  addLogFile: 'incidentPanel.addLogFile',
  addStackFile: 'incidentPanel.addStackFile',
  addTerminalOutput: 'incidentPanel.addTerminalOutput',
  addTerminalSelection: 'incidentPanel.addTerminalSelection',
  addProblems: 'incidentPanel.addProblems',
  addTestFailure: 'incidentPanel.addTestFailure',
  addException: 'incidentPanel.addException',
  addDebugOutput: 'incidentPanel.addDebugOutput',
  previewEvidence: 'incidentPanel.previewEvidence',
  removeEvidence: 'incidentPanel.removeEvidence',
  chooseBaseline: 'incidentPanel.chooseBaseline',
  applyFix: 'incidentPanel.applyFix',
  startWatch: 'incidentPanel.startWatch',
  addProtocol: 'incidentPanel.addProtocol',
  setApiKey: 'incidentPanel.setApiKey',
  clearApiKey: 'incidentPanel.clearApiKey',
  selectModel: 'incidentPanel.selectModel',
  addEndpoint: 'incidentPanel.addEndpoint',
  switchEndpoint: 'incidentPanel.switchEndpoint',
  allowEndpoint: 'incidentPanel.allowEndpoint',
  /** Internal: a step was chosen in the tree. */
  revealStep: 'incidentPanel.revealStep',
  /** For the keyboard: the first step that is not done. */
  nextStep: 'incidentPanel.nextStep',
  askClaude: 'incidentPanel.askClaude',
  stopReply: 'incidentPanel.stopReply',
  openWalkthrough: 'incidentPanel.openWalkthrough',
  showWhatWasSent: 'incidentPanel.showWhatWasSent',
  exportPostmortem: 'incidentPanel.exportPostmortem',
  showTimeline: 'incidentPanel.showTimeline',
  showLog: 'incidentPanel.showLog',
} as const;

export type CommandName = keyof typeof commands;

/** The page of Get Started: publisher, name, and the walkthrough's own id. */
export const walkthroughId = 'incident-panel.incident-panel#start';

export const viewContainer = 'incidentPanel';

export const views = {
  checklist: 'incidentPanel.checklist',
  suspects: 'incidentPanel.suspects',
  evidence: 'incidentPanel.evidence',
} as const;

/** The panel's webview type: kept by the editor across reloads, so never renamed. */
export const panelType = 'incidentPanel.panel';

/** Where the window's memory of a folder keeps which incident it works on: its id. */
export const activeIncidentKey = 'incidentPanel.activeIncident';

/** The editor's tasks that we run tests in. */
export const taskType = 'incidentPanel.proof';

/** Context keys and the type of each. */
export interface ContextKeys {
  /** An incident is open in this window. */
  'incidentPanel.hasIncident': boolean;
  'incidentPanel.isResolved': boolean;
  /** Another window writes the open incident. */
  'incidentPanel.isOpenElsewhere': boolean;
  /** A fix is recorded with all four parts of its check, and is not applied. */
  'incidentPanel.fixMayBeApplied': boolean;
  /** A reply is streaming. */
  'incidentPanel.isAnswering': boolean;
  /** There are monitors to watch. */
  'incidentPanel.hasMonitors': boolean;
}

/** Settings and the type of each, without the prefix `incidentPanel.`. */
export interface Settings {
  readonly model: string;
  readonly maxOutputTokens: number;
  readonly 'watch.minutes': number;
  readonly effort: string;
  readonly endpoints: readonly EndpointSetting[];
  /** Seconds. */
  readonly longestWait: number;
  /** US dollars for an incident; 0 for no limit. */
  readonly budget: number;
  readonly prices: readonly Price[];
  /** Minutes that one run of a proof may take. */
  readonly testTimeLimit: number;
  readonly 'redaction.personalData.email': boolean;
  readonly 'redaction.personalData.cards': boolean;
  readonly 'redaction.personalData.ip': boolean;
  readonly 'redaction.personalData.nationalIds': boolean;
  readonly 'redaction.personalData.phones': boolean;
  readonly 'redaction.rules': readonly { readonly name: string; readonly pattern: string }[];
  readonly 'redaction.allow': readonly string[];
  readonly sourceMapFolders: readonly string[];
  /** Tokens by model. */
  readonly contextWindows: Readonly<Record<string, number>>;
}

/** One entry of the setting `endpoints`, as it is written there. */
export interface EndpointSetting {
  readonly name: string;
  readonly baseUrl: string;
  readonly model?: string;
  readonly keyVariable?: string;
}

export const settingsSection = 'incidentPanel';

/** Virtual documents: evidence and questions as they are sent. */
export const documentScheme = 'incident-panel';

/** Environment variables that are honoured. */
export const environment = {
  apiKey: 'ANTHROPIC_API_KEY',
  baseUrl: 'ANTHROPIC_BASE_URL',
  /** Set by `npm start` when it answers with canned replies: they are then labelled so everywhere. */
  demoReplies: 'INCIDENT_PANEL_DEMO_REPLIES',
} as const;
