interface Bytes {
  raw: number;
  gzip: number;
  brotli: number;
}
type DoorSizes = Record<string, { alone: Bytes; whole: Bytes }>;

export function doorSizes(): Promise<DoorSizes>;
export function reportedDoors(): DoorSizes;
