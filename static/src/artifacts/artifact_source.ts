import type { ListedArtifact } from "../common/artifacts/artifact_list";
import { at as base } from "../common/base/paths";
import type { ArtifactRow, Artifacts } from "../protocol.gen";

/** An address is valid for 5 minutes; what is loaded from it takes a moment. */
const ADDRESS_MS = 4 * 60_000;
const ANSWER_MS = 15_000;
/** The server stores no larger ones (`artifact_bytes`). */
const MOST_BYTES = 4 * 1024 * 1024;

export class Gone extends Error {}

/** Addresses of the artifacts of one run, and their content. */
export class ArtifactSource {
  readonly #run: string;
  readonly #what: string;
  readonly #told: (rows: readonly ArtifactRow[]) => void;

  /**
   * `told` gets what the server says of all artifacts of the run, with new addresses. `stills`: of the
   * pictures of its screen, in their place.
   */
  constructor(run: string, told: (rows: readonly ArtifactRow[]) => void, stills = false) {
    this.#run = run;
    this.#what = stills ? "?stills" : "";
    this.#told = told;
  }

  /** An address that can be used now. Throws Gone, or what `fetch` throws. */
  async address(artifact: ListedArtifact, save = false): Promise<string> {
    const fresh = Date.now() - artifact.toldAt < ADDRESS_MS;
    const url = fresh ? artifact.url : await this.#asked(artifact.seq);
    return save ? `${url}&save` : url;
  }

  async bytes(artifact: ListedArtifact): Promise<Blob> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    // The address says who reads; cookies are not for what programs have made.
    const answer = await fetch(await this.address(artifact), { signal, credentials: "omit" });
    if (!answer.ok) throw new Gone(String(answer.status));
    const found = await answer.blob();
    if (found.size > MOST_BYTES) throw new Gone("it is too large");
    return found;
  }

  /** All that there is of the run. */
  async load(): Promise<readonly ArtifactRow[]> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const answer = await fetch(base(`/runs/${this.#run}/artifacts/${this.#what}`), { signal });
    if (!answer.ok) throw new Gone(String(answer.status));
    const { artifacts } = (await answer.json()) as Artifacts;
    this.#told(artifacts);
    return artifacts;
  }

  async #asked(seq: number): Promise<string> {
    const found = (await this.load()).find((row) => row.seq === seq);
    if (!found) throw new Gone(`there is no artifact ${seq}`);
    return found.url;
  }
}
