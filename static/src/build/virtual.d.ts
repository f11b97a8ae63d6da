/** Made by `python_worker.ts`. */
declare module "virtual:python-worker" {
  const address: string;
  export default address;
}

/** Made by `script_worker.ts`. */
declare module "virtual:script-worker" {
  const address: string;
  export default address;
}

declare module "virtual:script-library" {
  /** By the names of files. */
  const files: Readonly<Record<string, string>>;
  export default files;
}
