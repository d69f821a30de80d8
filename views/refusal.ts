/** What a view throws to answer with a status and a line of text: see `errors()`. */
export class Refusal extends Error {
  /** Meant for the client, whatever the status. */
  readonly expose = true;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param status the HTTP status, from 400
   * @param message what was wrong and what to do
   * @param headers of the answer. Default: none
   */
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.headers = headers;
  }
}
