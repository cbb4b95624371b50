-- Run by PostgreSQL's image when the database is made: the user as whom Grafana reads it.
\getenv password DASHBOARDS_PASSWORD
create role dashboards login password :'password';

\set schema public
\set owner tailrace
\set reader dashboards
\ir ../sql/reader.sql
