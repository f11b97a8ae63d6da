/** The styles of the workspace. The order matters: later files override earlier ones. */
import "../styles/workspace.css";
import "../styles/controls.css";
import "../styles/header_state.css";
import "../styles/sidebar.css";
import "../styles/editor_pane.css";
import "../styles/terminal.css";
import "../styles/overlays.css";
import "../styles/dialogs.css";
import "../styles/palette.css";
import "../styles/run_options.css";
import "../styles/my_runs.css";
import "../styles/compare.css";
import "../styles/key_row.css";
import "../styles/narrow.css";
import "../styles/phone.css";
import "../styles/present.css";
