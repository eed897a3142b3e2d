"""How right the data is: precision and recall against hand-read answers, by table, plan and field."""
