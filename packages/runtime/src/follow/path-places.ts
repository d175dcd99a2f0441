// Where a change can lead a path to another file: every folder on the way, those of symbolic links included. Kubernetes replaces a
// ConfigMap by renaming the link `..data` beside the files, and deployments often rename a link `current`.

/** What is used of `node:fs`. */
export interface LinkFs {
  readlinkSync(path: string): string;
  statSync(path: string, options: { readonly throwIfNoEntry: false }): { readonly ino: number } | undefined;
}

export interface NodePath {
  readonly sep: string;
  resolve(...paths: readonly string[]): string;
  parse(path: string): { readonly root: string };
  join(...paths: readonly string[]): string;
}

export interface Place {
  /** The names in the folder that the path goes through. */
  readonly names: Set<string>;
  /** Which folder it is now: another one can take its path. */
  readonly ino: number;
}

/** As many links as systems follow. */
const MAX_LINKS = 40;

/**
 * Folders by path, in the order of the way; the last one contains the file, or is where the way ends.
 *
 * @param file Absolute.
 */
export function placesOfPath(fs: LinkFs, path: NodePath, file: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const split = (absolute: string): [root: string, names: string[]] => {
    const { root } = path.parse(absolute);
    return [root, absolute.slice(root.length).split(path.sep).filter(Boolean)];
  };
  let [dir, names] = split(file);
  for (let links = 0; links <= MAX_LINKS; ) {
    const [name, ...others] = names;
    const ino = statIno(fs, dir);
    if (name === undefined || ino === undefined) break;
    const place = places.get(dir) ?? { names: new Set(), ino };
    place.names.add(name);
    // Deleted first, so that it is the last one in the order of the map.
    places.delete(dir);
    places.set(dir, place);
    const here = path.join(dir, name);
    const target = readLink(fs, here);
    if (target === undefined) [dir, names] = [here, others];
    else {
      links++;
      const [root, inTarget] = split(path.resolve(dir, target));
      [dir, names] = [root, [...inTarget, ...others]];
    }
  }
  return places;
}

function statIno(fs: LinkFs, dir: string): number | undefined {
  try {
    return fs.statSync(dir, { throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}

/** `undefined` if it is not a symbolic link. */
function readLink(fs: LinkFs, path: string): string | undefined {
  try {
    return fs.readlinkSync(path);
  } catch {
    return undefined;
  }
}
