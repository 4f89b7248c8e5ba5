/**
 * The sections that have most of what is wanted, weighed by how much each says and by their length, as a sum over index scans: no text and no vector is
 * read for those that do not win. $1 queries, $2 values, $3 constant, $4 per pair, $5 looked at for each, $6 limit, $7 today; null: any day.
 */
export const FIND = `
  with hit as (
    select s.no, sum(w.value / (1 + $3::float8 + $4::float8 * s.length)) as score
    from unnest($1::text[], $2::float8[]) as w (query, value)
    cross join lateral (
      select no, length from stack_index
      where terms @@ w.query::tsquery
        and ($7::date is null or (coalesce(valid_from <= $7::date, true) and coalesce(valid_until >= $7::date, true)))
      limit $5::int
    ) s
    group by s.no order by score desc, s.no limit $6::int
  )
  select s.section, d.record
  from hit join stack_sections s on s.no = hit.no join stack_documents d on d.id = s.document_id
  order by hit.score desc, hit.no`;

/** $1 kinds, $2 terms: how many sections have each, in their order. */
export const FREQUENCIES = `
  select coalesce((select sum(t.sections) from stack_terms t where t.term = w.term and t.kind = w.kind), 0) as sections
  from unnest($1::text[], $2::text[]) with ordinality as w (kind, term, at) order by w.at`;

/** $1 document, $2 number. */
export const SECTION = `
  select s.section, d.record from stack_sections s join stack_documents d on d.id = s.document_id
  where s.document_id = $1 and s.number = $2 limit 1`;
