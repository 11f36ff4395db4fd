-- Sends what the arguments say, and prints what came of it as JSON in the last line.
-- Arguments: how many requests at once, the method, the length of the body, and "close" for a connection for each request.

function init(args)
  local depth, size = tonumber(args[1]), tonumber(args[3])
  wrk.method = args[2]
  if size > 0 then
    wrk.body = string.rep("x", size)
  end
  if args[4] == "close" then
    wrk.headers["Connection"] = "close"
  end
  if depth > 1 then
    local batch = string.rep(wrk.format(), depth)
    request = function() return batch end
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  print()
  print(string.format(
    '{"requests": %d, "microseconds": %d, "bytes": %d, "p50": %d, "p99": %d, "p99.9": %d, "errors": '
      .. '{"connect": %d, "read": %d, "write": %d, "status": %d, "timeout": %d}}',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    latency:percentile(99.9), errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
