-- Sends as many requests at once as the argument says, and prints what came of it as JSON in the last line.
-- When requests are pipelined, wrk's percentiles mean nothing: its correction of latencies takes the time between two
-- answers for that between two sendings. They are null then.

local depth = 1

function init(args)
  depth = tonumber(args[1])
  if depth > 1 then
    local batch = string.rep(wrk.format(), depth)
    request = function() return batch end
  end
end

local function percentile(latency, p)
  return depth > 1 and "null" or string.format("%d", latency:percentile(p))
end

function done(summary, latency, requests)
  local errors = summary.errors
  print()
  print(string.format(
    '{"requests": %d, "microseconds": %d, "bytes": %d, "p50": %s, "p99": %s, "p99.9": %s, "errors": '
      .. '{"connect": %d, "read": %d, "write": %d, "status": %d, "timeout": %d}}',
    summary.requests, summary.duration, summary.bytes, percentile(latency, 50), percentile(latency, 99),
    percentile(latency, 99.9), errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
