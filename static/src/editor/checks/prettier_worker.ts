import { answer } from "./answering";
import { prettierFormat } from "./prettier";
import type { TextRequest } from "./text_request";

void answer(async () => ({ format: (request: TextRequest) => prettierFormat(request) }));
