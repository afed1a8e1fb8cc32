# A timeline as a data frame: httr2 asks. Usage: Rscript timeline.R [http://127.0.0.1:8080/graphql]
# CASUS_TOKEN holds the token, if the server needs one.
library(httr2)

args <- commandArgs(trailingOnly = TRUE)
url <- if (length(args) > 0) args[1] else "http://127.0.0.1:8080/graphql"
token <- Sys.getenv("CASUS_TOKEN")

query <- '
query Timeline($filter: EventFilter, $after: String) {
  timeline(filter: $filter, first: 100, after: $after) {
    nodes { id title(language: "en") category status time { edtf } }
    pageInfo { hasNextPage endCursor }
  }
}'

ask <- function(variables) {
  asked <- request(url) |> req_body_json(list(query = query, variables = variables))
  if (nzchar(token)) asked <- req_auth_bearer_token(asked, token)
  answer <- asked |> req_perform() |> resp_body_json()
  if (!is.null(answer$errors)) stop(answer$errors[[1]]$message)
  answer$data$timeline
}

events <- list()
after <- NULL
repeat {
  page <- ask(list(filter = list(time = list(from = "2025-12")), after = after))
  events <- c(events, page$nodes)
  if (!page$pageInfo$hasNextPage) break
  after <- page$pageInfo$endCursor
}

frame <- do.call(rbind, lapply(events, function(e) {
  data.frame(time = e$time$edtf, category = e$category, status = e$status, title = e$title)
}))
print(head(frame, 10))
print(table(frame$category, frame$status))
cat(nrow(frame), "events\n")

# The tables of casus export are there without GraphQL, from a server without tokens:
# participants <- read.csv(url("http://127.0.0.1:8080/export/csv?table=participants"), fileEncoding = "UTF-8-BOM")
