// Generated from runner/protocol/ by `manage.py protocol_ts`. Do not edit.

export const PROTOCOL_VERSION = 2;
export const MAX_FILES = 20;
export const MAX_SOURCE_BYTES = 524288;
export const MAX_DEPTH = 8;
export const MAX_NAME_BYTES = 200;
export const MAX_PATH_CHARACTERS = 255;
export const TITLE_CHARACTERS = 200;
export const MAX_BREAKPOINTS = 200;
export const BREAKPOINT_CHARACTERS = 500;
export const FONT_SIZE_MIN = 10;
export const FONT_SIZE_MAX = 32;
export const TAB_SIZES = [2, 4, 8] as const;
export const HAND_CHARACTERS = 200;
export const REASON_CHARACTERS = 200;
export const ANSWER_CHARACTERS = 300;
export const SCREEN_CHARACTERS = 24000;
export const SHOWN_BYTES = 49152;
export const EDITS_PER_PART = 500;
export const LINE_CHARACTERS = 500;
export const MAX_ARGUMENTS = 64;
export const MAX_ARGUMENT_CHARACTERS = 4096;

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

export const NOTICE_CODES = [
  "waiting_for_input",
  "running",
  "output_held",
  "output_resumed",
  "processor_time",
  "watched",
  "unwatched",
  "files_left_out",
  "files_lost",
  "files_not_kept",
] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];

export const PHASES = [
  "compiling",
  "running",
] as const;
export type Phase = (typeof PHASES)[number];

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
  "module_missing",
  "module_misspelt",
  "package_missing",
  "installed_already",
  "not_installable",
  "needs_window",
  "windows_only",
  "endless_recursion",
  "out_of_memory",
  "too_many_open_files",
  "no_internet",
  "stopped_with_reason",
  "too_much_to_check",
  "executor_shut_down",
  "place_needed",
  "no_executor",
  "language_gone",
  "toolchain_missing",
  "screen_missing",
  "screen_ended",
  "run_data_away",
  "compile_cpu_limit",
  "compile_wall_limit",
  "compile_memory_limit",
  "compile_output_limit",
  "compile_disk_full",
  "compile_too_many_files",
  "compile_too_many_processes",
  "compile_interrupted",
  "no_entry",
  "several_entries",
  "invalid_message",
  "binary_frame",
  "output_never_sent",
  "output_not_printed",
  "message_too_large",
  "too_many_messages",
  "too_many_starts",
  "too_many_attaches",
  "input_not_read",
  "unknown_language",
  "language_unavailable",
  "language_untried",
  "language_to_install",
  "language_fails",
  "cannot_keep_open",
  "cannot_debug",
  "debug_or_trace",
  "no_debugger",
  "no_debugger_installed",
  "cannot_show_windows",
  "no_screen",
  "no_screen_installed",
  "too_many_runs",
  "queue_full",
  "site_busy",
  "already_running",
  "no_run",
  "no_such_run",
  "no_control",
  "too_many_watchers",
  "forbidden_module",
  "forbidden_call",
  "no_such_member",
  "account_closed",
  "no_such_class",
  "no_such_room",
  "visitors_off",
  "visitors_cannot",
  "visitors_source",
  "visit_over",
  "puzzle_wrong",
  "too_many_visitors",
  "room_role",
  "room_guest",
  "room_closed",
  "room_full",
  "room_epoch",
  "room_members",
  "too_many_links",
  "room_update",
  "room_text",
  "room_unreadable",
  "too_many_rooms",
  "no_such_interview",
  "interview_closed",
  "interview_language",
  "interview_running",
  "too_many_interviews",
  "no_such_assignment",
  "class_role",
  "class_archived",
  "class_sharing",
  "class_language",
  "class_module",
  "class_package",
  "class_windows",
  "exam_of_class",
  "exam_task",
  "exam_reading",
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
  "no_such_data",
  "no_data_sent",
  "data_name",
  "data_name_of_source",
  "data_file_too_large",
  "data_too_large",
  "data_quota",
  "data_away",
  "data_not_stored",
  "too_many_data_files",
  "zip_broken",
  "zip_encrypted",
  "zip_method",
  "zip_name",
  "zip_too_large",
  "no_such_snippet",
  "snippet_not_shared",
  "snippet_not_embeddable",
  "embedding_off",
  "snippet_changed",
  "too_many_snippets",
  "snippets_too_large",
  "run_not_ended",
  "content_type",
  "request_too_large",
  "too_many_requests",
  "too_many_searches",
  "server_busy",
  "page_too_old",
  "password_to_change",
  "second_factor_missing",
  "not_stored",
  "wrong_host",
  "wrong_scheme",
  "host_not_allowed",
  "no_origin",
  "upgrade_lost",
  "no_cookies",
  "form_too_old",
  "too_many_terminals",
  "terminal_gone",
  "request_not_understood",
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export const CHECKED_CODES = [
  "path_empty",
  "path_absolute",
  "path_characters",
  "path_parts",
  "path_deep",
  "path_long",
  "path_twice",
  "path_of_folder",
  "title_empty",
  "title_long",
  "title_characters",
  "too_many_sources",
  "sources_too_large",
] as const;
export type CheckedCode = (typeof CHECKED_CODES)[number];

export const MEMBER_STATES = [
  "offline",
  "idle",
  "editing",
  "queued",
  "running",
  "waiting",
  "failed",
] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

export const RUN_STATUSES = [
  "queued",
  "claimed",
  "running",
  "finished",
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const THEME_CHOICES = [
  "system",
  "light",
  "dark",
  "contrast",
] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

export const TERMINAL_THEMES = [
  "dark",
  "page",
] as const;
export type TerminalTheme = (typeof TERMINAL_THEMES)[number];

export const BELL_CHOICES = [
  "off",
  "flash",
  "sound",
] as const;
export type BellChoice = (typeof BELL_CHOICES)[number];

export const CHECK_LEVELS = [
  "off",
  "errors",
  "strict",
] as const;
export type CheckLevel = (typeof CHECK_LEVELS)[number];

export const ADVICE_KINDS = [
  "network",
  "eval_input",
  "shell_input",
  "password",
  "endless_loop",
  "module_missing",
  "windows_only",
  "file_missing",
] as const;
export type AdviceKind = (typeof ADVICE_KINDS)[number];

export const CODE_HELP_CHOICES = [
  "off",
  "asked",
  "typing",
] as const;
export type CodeHelpChoice = (typeof CODE_HELP_CHOICES)[number];

export interface SourceFile {
  readonly path: string;
  readonly content: string;
}

export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

export interface RunLimits {
  readonly cpu_seconds: number;
  readonly wall_seconds: number;
  readonly idle_seconds: number;
  readonly memory_bytes: number;
  readonly processes: number;
  readonly disk_bytes: number;
  readonly output_bytes: number;
}

export interface StartInteractive {
  readonly type: "start_interactive";
  readonly language: string;
  readonly files: readonly SourceFile[];
  readonly main?: string | null;
  readonly args?: readonly string[];
  readonly snippet?: number | null;
  readonly keep_open?: boolean;
  readonly timezone?: string | null;
  readonly class?: number | null;
  readonly room?: number | null;
  readonly debug?: boolean;
  readonly trace?: boolean;
  readonly screen?: ScreenSize | null;
  readonly rows: number;
  readonly cols: number;
}

export interface SendInput {
  readonly type: "send_input";
  readonly seq: number;
  readonly data: string;
}

export interface Resize {
  readonly type: "resize";
  readonly rows: number;
  readonly cols: number;
}

export interface Ack {
  readonly type: "ack";
  readonly offset: number;
  readonly channel?: number;
}

export interface Attach {
  readonly type: "attach";
  readonly run: string;
  readonly offset: number;
  readonly watch?: boolean;
  readonly offsets?: Readonly<Partial<Record<"1" | "2", number>>>;
}

export interface Stop {
  readonly type: "stop";
}

export interface RequestControl {
  readonly type: "request_control";
}

export interface GrantControl {
  readonly type: "grant_control";
  readonly to: string;
}

export interface ReleaseControl {
  readonly type: "release_control";
}

export interface RaiseHand {
  readonly type: "raise_hand";
  readonly class: number;
  readonly text: string;
}

export interface LowerHand {
  readonly type: "lower_hand";
  readonly class: number;
}

export interface Ping {
  readonly type: "ping";
  readonly id: number | string;
}

export interface Connected {
  readonly type: "connected";
  readonly protocol: number;
  readonly user: string;
}

export interface Queued {
  readonly type: "queued";
  readonly run: string;
  readonly position: number;
}

export interface Started {
  readonly type: "started";
  readonly run: string;
  readonly language: string;
  readonly limits: RunLimits;
}

export interface InputAck {
  readonly type: "input_ack";
  readonly seq: number;
}

export interface Attached {
  readonly type: "attached";
  readonly run: string;
  readonly status: RunStatus;
  readonly language: string;
  readonly control: boolean;
  readonly input_seq: number;
  readonly output_bytes?: number;
}

export interface Gap {
  readonly type: "gap";
  readonly from: number;
  readonly to: number;
  readonly state?: string;
  readonly channel?: number;
}

export interface ChannelAck {
  readonly type: "channel_ack";
  readonly channel: number;
  readonly seq: number;
}

export interface ArtifactShown {
  readonly type: "artifact";
  readonly run: string;
  readonly seq: number;
  readonly kind: string;
  readonly name: string;
  readonly path?: string;
  readonly mime: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly url: string;
  readonly version: number;
  readonly at_ms: number;
}

export interface TerminalSize {
  readonly type: "terminal_size";
  readonly run: string;
  readonly rows: number;
  readonly cols: number;
}

export interface RunPhase {
  readonly type: "phase";
  readonly run: string;
  readonly phase: Phase;
}

export interface Control {
  readonly type: "control";
  readonly run: string;
  readonly holder: string;
  readonly you: boolean;
  readonly requests: readonly string[];
}

export interface Notice {
  readonly type: "notice";
  readonly run: string;
  readonly code: NoticeCode;
  readonly message: string;
  readonly figures?: Readonly<Record<string, number | string>>;
}

export interface Exit {
  readonly type: "exit";
  readonly run: string;
  readonly outcome: Outcome;
  readonly exit_code: number | null;
  readonly signal: string | null;
  readonly reason: string;
  readonly reason_code?: ReasonCode | null;
  readonly figures?: Readonly<Record<string, number | string>>;
  readonly wall_ms: number;
  readonly cpu_ms: number;
  readonly memory_peak_bytes: number;
  readonly output_bytes: number;
}

export interface Error {
  readonly type: "error";
  readonly code: ErrorCode;
  readonly message: string;
  readonly reason_code?: ReasonCode;
  readonly figures?: Readonly<Record<string, number | string>>;
  readonly run: string | null;
}

export interface Pong {
  readonly type: "pong";
  readonly id: number | string;
}

export interface Editing {
  readonly type: "editing";
  readonly language: string;
}

export interface SendCode {
  readonly type: "send_code";
  readonly files: readonly SourceFile[];
  readonly main: string;
  readonly line?: number;
  readonly cut?: boolean;
}

export interface AllowShow {
  readonly type: "allow_show";
  readonly allow: boolean;
}

export interface Show {
  readonly type: "show";
  readonly files?: readonly SourceFile[] | null;
  readonly path: string;
  readonly top?: number;
  readonly line?: number | null;
  readonly cut?: boolean;
  readonly language: string;
  readonly screen: string;
  readonly rows: number;
  readonly cols: number;
}

export interface EndShow {
  readonly type: "end_show";
}

export interface WatchCode {
  readonly type: "watch_code";
  readonly user: string | null;
}

export interface AnswerHand {
  readonly type: "answer_hand";
  readonly user: string;
  readonly text: string;
}

export interface StopMemberRun {
  readonly type: "stop_run";
  readonly run: string;
  readonly reason: string;
}

export interface AskShow {
  readonly type: "ask_show";
  readonly user: string;
}

export interface Tile {
  readonly user: string;
  readonly name: string;
  readonly state: MemberState;
  readonly since: number;
  readonly language: string;
  readonly run: string | null;
  readonly line: string;
  readonly outcome: string;
  readonly error: string;
  readonly error_line: number | null;
  readonly hand: string;
  readonly hand_at: number;
  readonly browsers: number;
}

export interface ClassJoined {
  readonly type: "class";
  readonly id: number;
  readonly name: string;
  readonly role: string;
  readonly now: number;
  readonly may_watch: boolean;
  readonly may_help: boolean;
  readonly may_stop: boolean;
  readonly may_show: boolean;
  readonly quiet: boolean;
  readonly recorded: boolean;
}

export interface Tiles {
  readonly type: "tiles";
  readonly all: boolean;
  readonly tiles: readonly Tile[];
}

export interface OwnHand {
  readonly type: "hand";
  readonly raised: boolean;
  readonly text: string;
  readonly answer: string;
  readonly answered_by: string;
}

export interface Watched {
  readonly type: "watched";
  readonly by: readonly string[];
  readonly code: boolean;
}

export interface MemberCode {
  readonly type: "code";
  readonly user: string;
  readonly files: readonly SourceFile[];
  readonly main: string;
  readonly line: number;
  readonly cut: boolean;
  readonly live: boolean;
}

export interface Stopped {
  readonly type: "stopped";
  readonly run: string;
  readonly ended: boolean;
}

export interface ShowAsked {
  readonly type: "show_asked";
  readonly by: string;
}

export interface ShowAnswered {
  readonly type: "show_answered";
  readonly user: string;
  readonly allow: boolean;
}

export interface Shown {
  readonly type: "shown";
  readonly by: string;
  readonly files: readonly SourceFile[] | null;
  readonly path: string;
  readonly top: number;
  readonly line: number | null;
  readonly cut: boolean;
  readonly language: string;
  readonly screen: string;
  readonly rows: number;
  readonly cols: number;
}

export interface ShowEnded {
  readonly type: "show_ended";
  readonly by: string;
}

export interface SyncRoom {
  readonly type: "sync";
  readonly epoch: number;
  readonly seq: number;
}

export interface MoveCursor {
  readonly type: "cursor";
  readonly file: string;
  readonly anchor: string;
  readonly head: string;
}

export interface SayLine {
  readonly type: "say";
  readonly text: string;
}

export interface Person {
  readonly page: string;
  readonly user: string;
  readonly name: string;
  readonly role: string;
  readonly guest: boolean;
}

export interface RoomJoined {
  readonly type: "room";
  readonly id: number;
  readonly page: string;
  readonly user: string;
  readonly name: string;
  readonly role: "owner" | "editor" | "viewer";
  readonly guest: boolean;
  readonly epoch: number;
  readonly seq: number;
  readonly now: number;
}

export interface Synced {
  readonly type: "synced";
  readonly epoch: number;
  readonly seq: number;
}

export interface Confirmed {
  readonly type: "confirmed";
  readonly number: number;
  readonly seq: number;
}

export interface People {
  readonly type: "people";
  readonly people: readonly Person[];
}

export interface CursorMoved {
  readonly type: "cursor_moved";
  readonly page: string;
  readonly file: string;
  readonly anchor: string;
  readonly head: string;
}

export interface LineSaid {
  readonly type: "said";
  readonly id: number;
  readonly user: string;
  readonly name: string;
  readonly text: string;
  readonly at: number;
}

export interface RoomRun {
  readonly type: "room_run";
  readonly run: string | null;
  readonly user: string;
  readonly name: string;
}

export interface RoomSaved {
  readonly type: "saved";
  readonly seq: number;
  readonly problem: string;
}

export interface InterviewTimer {
  readonly type: "timer";
  readonly minutes: number;
  readonly started_at: number | null;
  readonly ends_at: number | null;
  readonly now: number;
}

export interface Breakpoint {
  readonly path: string;
  readonly line: number;
  readonly condition?: string;
  readonly hits?: string;
  readonly log?: string;
}

export interface NewSnippet {
  readonly title: string;
  readonly language: string;
  readonly main: string;
  readonly files: readonly SourceFile[];
  readonly breakpoints?: readonly Breakpoint[];
}

export interface SnippetChange {
  readonly version: number;
  readonly title?: string | null;
  readonly language?: string | null;
  readonly main?: string | null;
  readonly files?: readonly SourceFile[] | null;
  readonly breakpoints?: readonly Breakpoint[] | null;
}

export interface ShareChange {
  readonly shared: boolean;
  readonly embed?: boolean;
  readonly visitors?: boolean | null;
  readonly update?: boolean;
}

export interface Edit {
  readonly ms: number;
  readonly path: string;
  readonly at: number;
  readonly removed: number;
  readonly text: string;
  readonly kind?: "type" | "paste" | "open";
}

export interface WritingPart {
  readonly id: string;
  readonly snippet: number | null;
  readonly first: number;
  readonly edits: readonly Edit[];
  readonly run?: string | null;
}

export interface DataChange {
  readonly name?: string | null;
  readonly kept?: boolean | null;
}

export interface DataFromRun {
  readonly run: string;
  readonly seq: number;
  readonly kept?: boolean;
}

export interface TicketRequest {
  readonly puzzle?: string;
  readonly answers?: readonly number[];
  readonly visit?: string;
}

export interface Share {
  readonly slug: string;
  readonly url: string;
  readonly embed: boolean;
  readonly embed_url: string;
  readonly version?: number | null;
  readonly shared_at?: string | null;
  readonly visitors?: boolean;
  readonly try_url?: string;
}

export interface Snippet {
  readonly id: number;
  readonly title: string;
  readonly language: string;
  readonly main: string;
  readonly files: readonly SourceFile[];
  readonly version: number;
  readonly updated_at: string;
  readonly share: Share | null;
  readonly locked: readonly string[];
  readonly breakpoints?: readonly Breakpoint[];
}

export interface SnippetRow {
  readonly id: number;
  readonly title: string;
  readonly language: string;
  readonly updated_at: string;
  readonly version: number;
  readonly shared: boolean;
}

export interface SnippetPage {
  readonly snippets: readonly SnippetRow[];
  readonly next: number | null;
  readonly total: number;
  readonly complete?: boolean;
}

export interface Preferences {
  readonly theme: ThemeChoice;
  readonly font_size: number;
  readonly tab_size: 2 | 4 | 8;
  readonly screen_reader: boolean;
  readonly terminal_font_size: number;
  readonly terminal_theme: TerminalTheme;
  readonly copy_on_select: boolean;
  readonly bell: BellChoice;
  readonly explain_errors: boolean;
  readonly code_help: CodeHelpChoice;
  readonly option_is_meta: boolean;
  readonly code_checks: CheckLevel;
  readonly format_on_save: boolean;
  readonly advice: boolean;
  readonly advice_off: readonly AdviceKind[];
}

export interface HttpError {
  readonly code: ErrorCode | "signed_out" | "csrf" | "conflict";
  readonly message: string;
}

export interface ErrorBody {
  readonly error: HttpError;
}

export interface ConflictBody {
  readonly error: HttpError;
  readonly current: Snippet;
}

export interface ArtifactRow {
  readonly seq: number;
  readonly kind: string;
  readonly name: string;
  readonly path?: string;
  readonly mime: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly url: string;
  readonly version: number;
  readonly at_ms: number;
}

export interface Artifacts {
  readonly artifacts: readonly ArtifactRow[];
}

export interface ActiveRun {
  readonly run: string;
  readonly title: string;
  readonly file: string;
  readonly status: RunStatus;
  readonly created_at: string;
  readonly url: string;
}

export interface ActiveRuns {
  readonly runs: readonly ActiveRun[];
}

export interface RoomStanding {
  readonly user: string;
  readonly admitted: boolean;
  readonly closed: boolean;
}

export interface IndentationRules {
  readonly opens: string;
  readonly closes: string;
  readonly tabs: boolean;
}

export interface LanguageOption {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly available: boolean;
  readonly reason: string;
  readonly main: string;
  readonly extensions: readonly string[];
  readonly headers: readonly string[];
  readonly monaco: string;
  readonly codemirror: string;
  readonly problems: readonly string[];
  readonly deepest_last: boolean;
  readonly misnamed: string;
  readonly indentation: IndentationRules;
  readonly console: boolean;
  readonly example: string;
  readonly formatter: "" | "ruff" | "prettier" | "clang-format" | "gofmt";
  readonly can_keep_open: boolean;
  readonly can_debug: boolean;
  readonly can_trace: boolean;
  readonly windows: readonly string[];
  readonly can_show_windows: boolean;
}

export interface WorkspaceConfig {
  readonly user: string;
  readonly staff: boolean;
  readonly languages: readonly LanguageOption[];
  readonly preselected: string;
  readonly preferences: Preferences;
  readonly start_bytes: number;
  readonly sentences: Readonly<Record<CheckedCode, string>>;
  readonly snippet: number | null;
  readonly run: boolean;
  readonly attach: string | null;
  readonly forbidden_modules: readonly string[];
  readonly forbidden_calls: readonly string[];
  readonly embedding: boolean;
  readonly visitors: boolean;
}

export interface OfferedLanguage {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly extension: string;
  readonly available: boolean;
  readonly reason: string;
  readonly windows: boolean;
}

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly modules: readonly string[];
}

export interface Languages {
  readonly languages: readonly OfferedLanguage[];
  readonly packages: readonly InstalledPackage[];
}

export interface Translated {
  readonly en: string;
  readonly de: string;
}

export interface LanguageExample {
  readonly title: Translated;
  readonly hint: Translated;
  readonly files: readonly SourceFile[];
}

export interface LanguageExamples {
  readonly examples: readonly LanguageExample[];
}

export interface LanguageTemplate {
  readonly name: string;
  readonly text: string;
}

export interface LanguageWords {
  readonly keywords: readonly string[];
  readonly templates: readonly LanguageTemplate[];
}

export interface StubIndex {
  readonly packages: Readonly<Record<string, string>>;
}

export interface StubFiles {
  readonly files: Readonly<Record<string, string>>;
}

export interface WritingKept {
  readonly count: number;
  readonly full: boolean;
}

export interface Played {
  readonly ms: number;
  readonly path: string;
  readonly at: number;
  readonly removed: number;
  readonly text: string;
  readonly mark: "" | "paste" | "outside" | "open" | "folded";
}

export interface Paste {
  readonly ms: number;
  readonly path: string;
  readonly characters: number;
  readonly outside: boolean;
  readonly begins: string;
}

export interface Writing {
  readonly started_at: number;
  readonly until: number;
  readonly main: string;
  readonly edits: readonly Played[];
  readonly pastes: readonly Paste[];
}

export interface DataRow {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly encoding: string;
  readonly kept: boolean;
  readonly changed_at: string;
  readonly url: string;
}

export interface SnippetData {
  readonly files: readonly DataRow[];
  readonly bytes: number;
  readonly limit_bytes: number;
  readonly file_limit_bytes: number;
  readonly left_out: readonly string[];
}

export interface FilePreview {
  readonly kind: "text" | "table" | "picture" | "binary";
  readonly encoding: string;
  readonly text: string;
  readonly rows: readonly (readonly string[])[];
  readonly cut: boolean;
}

export interface FilesAsked {
  readonly running: boolean;
}

export interface PolledOpened {
  readonly socket: string;
}

export interface PolledFrames {
  readonly first: number;
  readonly frames: readonly string[];
  readonly closed: number | null;
}

export interface PolledRefusal {
  readonly error: HttpError;
  readonly reason_code: ReasonCode;
  readonly figures: Readonly<Record<string, number | string>>;
  readonly advice: string;
}

export interface PastRun {
  readonly id: string;
  readonly name: string;
  readonly started_at: number;
  readonly ended: boolean;
}

export interface PastStory {
  readonly started_at: number | null;
  readonly ends_at: number | null;
  readonly main: string;
  readonly files: readonly SourceFile[];
  readonly runs: readonly PastRun[];
}

export interface CaseResult {
  readonly number: number;
  readonly running: boolean;
  readonly passed: boolean | null;
  readonly output: string;
  readonly outcome: string;
}

export interface CaseResults {
  readonly results: readonly CaseResult[];
}

export interface Puzzle {
  readonly puzzle: string;
  readonly parts: number;
  readonly bits: number;
}

export interface Ticket {
  readonly ticket: string;
  readonly visit: string;
}

export interface TryConfig {
  readonly title: string;
  readonly language: LanguageOption;
  readonly files: readonly SourceFile[];
  readonly main: string;
  readonly inline: boolean;
  readonly framed: boolean;
  readonly source_bytes: number;
  readonly start_bytes: number;
  readonly puzzle_url: string;
  readonly ticket_url: string;
}

export type ClientMessage =
  | StartInteractive
  | SendInput
  | Resize
  | Ack
  | Attach
  | Stop
  | RequestControl
  | GrantControl
  | ReleaseControl
  | RaiseHand
  | LowerHand
  | Ping;

export type ServerMessage =
  | Connected
  | Queued
  | Started
  | InputAck
  | Attached
  | Gap
  | ChannelAck
  | ArtifactShown
  | TerminalSize
  | RunPhase
  | Control
  | Notice
  | Exit
  | Error
  | Pong;

export type ClassClientMessage =
  | RaiseHand
  | LowerHand
  | Editing
  | SendCode
  | AllowShow
  | Show
  | EndShow
  | WatchCode
  | AnswerHand
  | StopMemberRun
  | AskShow
  | Ping;

export type ClassServerMessage =
  | ClassJoined
  | Tiles
  | OwnHand
  | Watched
  | MemberCode
  | Stopped
  | ShowAsked
  | ShowAnswered
  | Shown
  | ShowEnded
  | Error
  | Pong;

export type RoomClientMessage =
  | SyncRoom
  | MoveCursor
  | SayLine
  | Ping;

export type RoomServerMessage =
  | RoomJoined
  | Synced
  | Confirmed
  | People
  | CursorMoved
  | LineSaid
  | RoomRun
  | RoomSaved
  | InterviewTimer
  | Error
  | Pong;

export const PREFERENCE_DEFAULTS: Preferences = {
  theme: "system",
  font_size: 14,
  tab_size: 4,
  screen_reader: false,
  terminal_font_size: 14,
  terminal_theme: "dark",
  copy_on_select: false,
  bell: "flash",
  explain_errors: true,
  code_help: "asked",
  option_is_meta: false,
  code_checks: "errors",
  format_on_save: false,
  advice: true,
  advice_off: [],
};

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
    output_bytes: ["number", "undefined"],
  },
  gap: {
    type: ["string"],
    from: ["number"],
    to: ["number"],
    state: ["string", "undefined"],
    channel: ["number", "undefined"],
  },
  channel_ack: {
    type: ["string"],
    channel: ["number"],
    seq: ["number"],
  },
  artifact: {
    type: ["string"],
    run: ["string"],
    seq: ["number"],
    kind: ["string"],
    name: ["string"],
    path: ["string", "undefined"],
    mime: ["string"],
    bytes: ["number"],
    width: ["number", "null"],
    height: ["number", "null"],
    url: ["string"],
    version: ["number"],
    at_ms: ["number"],
  },
  terminal_size: {
    type: ["string"],
    run: ["string"],
    rows: ["number"],
    cols: ["number"],
  },
  phase: {
    type: ["string"],
    run: ["string"],
    phase: ["string"],
  },
  control: {
    type: ["string"],
    run: ["string"],
    holder: ["string"],
    you: ["boolean"],
    requests: ["array"],
  },
  notice: {
    type: ["string"],
    run: ["string"],
    code: ["string"],
    message: ["string"],
    figures: ["object", "undefined"],
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

export const CLASS_MESSAGE_FIELDS: Record<
  ClassServerMessage["type"],
  Record<string, readonly string[]>
> = {
  class: {
    type: ["string"],
    id: ["number"],
    name: ["string"],
    role: ["string"],
    now: ["number"],
    may_watch: ["boolean"],
    may_help: ["boolean"],
    may_stop: ["boolean"],
    may_show: ["boolean"],
    quiet: ["boolean"],
    recorded: ["boolean"],
  },
  tiles: {
    type: ["string"],
    all: ["boolean"],
    tiles: ["array"],
  },
  hand: {
    type: ["string"],
    raised: ["boolean"],
    text: ["string"],
    answer: ["string"],
    answered_by: ["string"],
  },
  watched: {
    type: ["string"],
    by: ["array"],
    code: ["boolean"],
  },
  code: {
    type: ["string"],
    user: ["string"],
    files: ["array"],
    main: ["string"],
    line: ["number"],
    cut: ["boolean"],
    live: ["boolean"],
  },
  stopped: {
    type: ["string"],
    run: ["string"],
    ended: ["boolean"],
  },
  show_asked: {
    type: ["string"],
    by: ["string"],
  },
  show_answered: {
    type: ["string"],
    user: ["string"],
    allow: ["boolean"],
  },
  shown: {
    type: ["string"],
    by: ["string"],
    files: ["array", "null"],
    path: ["string"],
    top: ["number"],
    line: ["number", "null"],
    cut: ["boolean"],
    language: ["string"],
    screen: ["string"],
    rows: ["number"],
    cols: ["number"],
  },
  show_ended: {
    type: ["string"],
    by: ["string"],
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

export const ROOM_MESSAGE_FIELDS: Record<
  RoomServerMessage["type"],
  Record<string, readonly string[]>
> = {
  room: {
    type: ["string"],
    id: ["number"],
    page: ["string"],
    user: ["string"],
    name: ["string"],
    role: ["string"],
    guest: ["boolean"],
    epoch: ["number"],
    seq: ["number"],
    now: ["number"],
  },
  synced: {
    type: ["string"],
    epoch: ["number"],
    seq: ["number"],
  },
  confirmed: {
    type: ["string"],
    number: ["number"],
    seq: ["number"],
  },
  people: {
    type: ["string"],
    people: ["array"],
  },
  cursor_moved: {
    type: ["string"],
    page: ["string"],
    file: ["string"],
    anchor: ["string"],
    head: ["string"],
  },
  said: {
    type: ["string"],
    id: ["number"],
    user: ["string"],
    name: ["string"],
    text: ["string"],
    at: ["number"],
  },
  room_run: {
    type: ["string"],
    run: ["string", "null"],
    user: ["string"],
    name: ["string"],
  },
  saved: {
    type: ["string"],
    seq: ["number"],
    problem: ["string"],
  },
  timer: {
    type: ["string"],
    minutes: ["number"],
    started_at: ["number", "null"],
    ends_at: ["number", "null"],
    now: ["number"],
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
