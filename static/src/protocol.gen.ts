// Generated from runner/protocol/messages.py by `manage.py protocol_ts`. Do not edit.

export const PROTOCOL_VERSION = 1;

export const OUTCOMES = [
  "completed",
  "failed",
  "compile_error",
  "stopped",
  "stopped_by_instructor",
  "cpu_limit",
  "wall_limit",
  "idle_limit",
  "memory_limit",
  "output_limit",
  "disconnected",
  "executor_lost",
  "internal_error",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const ERROR_CODES = [
  "bad_message",
  "too_large",
  "rate_limited",
  "unknown_language",
  "too_many_runs",
  "already_running",
  "no_run",
  "not_found",
  "not_allowed",
  "unavailable",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const REASON_CODES = [
  "completed",
  "compile_error",
  "stopped",
  "stopped_by_instructor",
  "cpu_limit",
  "wall_limit",
  "idle_limit",
  "memory_limit",
  "output_limit",
  "disconnected",
  "executor_lost",
  "internal_error",
  "exit_code",
  "signal",
  "disk_full",
  "too_many_files",
  "too_many_processes",
  "executor_shut_down",
  "no_executor",
  "invalid_message",
  "binary_frame",
  "output_never_sent",
  "output_not_printed",
  "message_too_large",
  "too_many_messages",
  "input_not_read",
  "unknown_language",
  "too_many_runs",
  "queue_full",
  "site_busy",
  "already_running",
  "no_run",
  "no_such_run",
  "no_control",
  "account_closed",
  "signed_out",
  "server_failed",
  "path_empty",
  "path_absolute",
  "path_characters",
  "path_parts",
  "path_deep",
  "path_long",
  "path_twice",
  "path_of_folder",
  "no_main",
  "nul_character",
  "title_empty",
  "title_long",
  "title_characters",
  "no_files",
  "too_many_sources",
  "sources_too_large",
  "no_such_snippet",
  "snippet_not_shared",
  "snippet_not_embeddable",
  "snippet_changed",
  "too_many_snippets",
  "snippets_too_large",
  "run_not_ended",
  "content_type",
  "request_too_large",
  "too_many_requests",
  "page_too_old",
  "not_stored",
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export const RUN_STATUSES = [
  "queued",
  "claimed",
  "running",
  "finished",
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export interface SourceFile {
  path: string;
  content: string;
}

export interface RunLimits {
  cpu_seconds: number;
  wall_seconds: number;
  idle_seconds: number;
  memory_bytes: number;
  processes: number;
  disk_bytes: number;
  output_bytes: number;
}

export interface StartInteractive {
  type: "start_interactive";
  language: string;
  files: readonly SourceFile[];
  main?: string | null;
  args?: readonly string[];
  snippet?: number | null;
  rows: number;
  cols: number;
}

export interface SendInput {
  type: "send_input";
  seq: number;
  data: string;
}

export interface Resize {
  type: "resize";
  rows: number;
  cols: number;
}

export interface Ack {
  type: "ack";
  offset: number;
}

export interface Attach {
  type: "attach";
  run: string;
  offset: number;
}

export interface Stop {
  type: "stop";
}

export interface Ping {
  type: "ping";
  id: number | string;
}

export interface Connected {
  type: "connected";
  protocol: number;
  user: string;
}

export interface Queued {
  type: "queued";
  run: string;
  position: number;
}

export interface Started {
  type: "started";
  run: string;
  language: string;
  limits: RunLimits;
}

export interface InputAck {
  type: "input_ack";
  seq: number;
}

export interface Attached {
  type: "attached";
  run: string;
  status: RunStatus;
  language: string;
  control: boolean;
  input_seq: number;
}

export interface Gap {
  type: "gap";
  from: number;
  to: number;
}

export interface Exit {
  type: "exit";
  run: string;
  outcome: Outcome;
  exit_code: number | null;
  signal: string | null;
  reason: string;
  reason_code?: ReasonCode | null;
  figures?: Readonly<Record<string, number | string>>;
  wall_ms: number;
  cpu_ms: number;
  memory_peak_bytes: number;
  output_bytes: number;
}

export interface Error {
  type: "error";
  code: ErrorCode;
  message: string;
  reason_code?: ReasonCode;
  figures?: Readonly<Record<string, number | string>>;
  run: string | null;
}

export interface Pong {
  type: "pong";
  id: number | string;
}

export type ClientMessage =
  | StartInteractive
  | SendInput
  | Resize
  | Ack
  | Attach
  | Stop
  | Ping;

export type ServerMessage =
  | Connected
  | Queued
  | Started
  | InputAck
  | Attached
  | Gap
  | Exit
  | Error
  | Pong;

export const SERVER_MESSAGE_FIELDS: Record<
  ServerMessage["type"],
  Record<string, readonly string[]>
> = {
  connected: {
    type: ["string"],
    protocol: ["number"],
    user: ["string"],
  },
  queued: {
    type: ["string"],
    run: ["string"],
    position: ["number"],
  },
  started: {
    type: ["string"],
    run: ["string"],
    language: ["string"],
    limits: ["object"],
  },
  input_ack: {
    type: ["string"],
    seq: ["number"],
  },
  attached: {
    type: ["string"],
    run: ["string"],
    status: ["string"],
    language: ["string"],
    control: ["boolean"],
    input_seq: ["number"],
  },
  gap: {
    type: ["string"],
    from: ["number"],
    to: ["number"],
  },
  exit: {
    type: ["string"],
    run: ["string"],
    outcome: ["string"],
    exit_code: ["number", "null"],
    signal: ["string", "null"],
    reason: ["string"],
    reason_code: ["string", "null", "undefined"],
    figures: ["object", "undefined"],
    wall_ms: ["number"],
    cpu_ms: ["number"],
    memory_peak_bytes: ["number"],
    output_bytes: ["number"],
  },
  error: {
    type: ["string"],
    code: ["string"],
    message: ["string"],
    reason_code: ["string", "undefined"],
    figures: ["object", "undefined"],
    run: ["string", "null"],
  },
  pong: {
    type: ["string"],
    id: ["number", "string"],
  },
};
