import { translator } from "../i18n/translate";
import { ARTIFACTS_DE } from "./artifact_texts_de";
import { ARTIFACTS_EN } from "./artifact_texts_en";

/** Of the panel beside the terminal, and of what programs show; loaded with them. */
export const at = translator(ARTIFACTS_EN, ARTIFACTS_DE);
export type ArtifactTextKey = keyof typeof ARTIFACTS_EN;
