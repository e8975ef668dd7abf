// SQL files are imported as text: `import schema from "./log_schema_v1.sql" with { type: "text" }`.
declare module "*.sql" {
  const text: string;
  export default text;
}
