/** Owns the least of the browser's EventSource that OpenFeature's web provider needs: Node 20 has none. */
type Listener = (event: { readonly data: string; readonly lastEventId: string }) => void;

export class TestEventSource {
  /** Addresses of all that were opened. */
  static readonly opened: string[] = [];
  readyState = 0;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly controller = new AbortController();

  constructor(url: string) {
    TestEventSource.opened.push(url);
    void this.read(url).catch(() => undefined);
  }

  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  close(): void {
    this.readyState = 2;
    this.controller.abort();
  }

  private async read(url: string): Promise<void> {
    const response = await fetch(url, { headers: { accept: "text/event-stream" }, signal: this.controller.signal });
    this.readyState = 1;
    this.tell("open", "", "");
    let text = "";
    for await (const part of response.body ?? []) {
      text += Buffer.from(part as Uint8Array).toString();
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) this.event(block);
    }
  }

  private event(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
    const data = field("data");
    if (data !== undefined) this.tell(field("event") ?? "message", data, field("id") ?? "");
  }

  private tell(type: string, data: string, lastEventId: string): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ data, lastEventId });
  }
}
