import { at } from "../../common/base/paths";
import type {
  ArtifactShown,
  DataChange,
  DataFromRun,
  DataRow,
  FilePreview,
  FilesAsked,
  SnippetData,
} from "../../protocol.gen";
import type { PickedFile } from "../files/upload";
import type { Api } from "../snippets/api";

/** Data beside the code of snippets, and the files that runs have returned. */
export class FilesApi {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async list(snippet: number): Promise<SnippetData> {
    return (await this.#api.read(`/snippets/${snippet}/data/`)) as SnippetData;
  }

  async add(snippet: number, file: PickedFile, unpack: boolean): Promise<SnippetData> {
    const form = new FormData();
    form.append("file", new Blob([await file.arrayBuffer()]), "file");
    form.append("path", file.name.normalize("NFC"));
    if (unpack) form.append("unpack", "yes");
    return (await this.#api.send("POST", `/snippets/${snippet}/data/`, form)) as SnippetData;
  }

  async addFromRun(snippet: number, file: DataFromRun): Promise<SnippetData> {
    return (await this.#api.send("POST", `/snippets/${snippet}/data/`, file)) as SnippetData;
  }

  async change(snippet: number, name: string, change: Partial<DataChange>): Promise<DataRow> {
    return (await this.#api.send("PATCH", pathOf(snippet, name), change)) as DataRow;
  }

  async remove(snippet: number, name: string): Promise<void> {
    await this.#api.send("DELETE", pathOf(snippet, name));
  }

  /** Whether the run goes on: then its files come as artifacts. */
  async ask(run: string): Promise<boolean> {
    return ((await this.#api.send("POST", `/runs/${run}/files/`, {})) as FilesAsked).running;
  }

  async previewOfData(snippet: number, name: string): Promise<FilePreview> {
    return (await this.#api.read(`${pathOf(snippet, name)}?preview=1`)) as FilePreview;
  }

  async previewOfFile({ run, seq }: ArtifactShown): Promise<FilePreview> {
    return (await this.#api.read(`/runs/${run}/files/${seq}/`)) as FilePreview;
  }
}

function pathOf(snippet: number, name: string): string {
  return `/snippets/${snippet}/data/${name.split("/").map(encodeURIComponent).join("/")}`;
}

export function addressOfData(snippet: number, name: string): string {
  return at(pathOf(snippet, name));
}

export function addressOfFile({ run, seq }: ArtifactShown): string {
  return at(`/runs/${run}/files/${seq}/?download=1`);
}

export function addressOfAll(run: string): string {
  return at(`/runs/${run}/files.zip`);
}
