import { colourCode } from "./colour";

colourCode();
