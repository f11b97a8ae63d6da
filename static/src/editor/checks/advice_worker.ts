import { answer } from "./answering";
import { type AdviceRequest, advised } from "./python_advice";

void answer(async () => ({ advise: (request: AdviceRequest) => advised(request) }));
