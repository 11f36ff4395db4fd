; Fetches a list of URLs at the same time: newLISP on libevent, which is called through newLISP's own import.
;
;   newlisp downloader.lsp LIST FOLDER AT-ONCE
;
; LIST has a URL of plain HTTP per line. Each file is saved in FOLDER under the last part of its path, while it comes. At
; most AT-ONCE connections are open. The exit status is 1 when a file is missing or short.

(define libevent "libevent_core-2.1.so.7")
(import libevent "event_base_new" "void*")
(import libevent "event_base_dispatch" "int" "void*")
(import libevent "event_new" "void*" "void*" "int" "short int" "void*" "void*")
(import libevent "event_add" "int" "void*" "void*")
(import libevent "event_free" "void" "void*")

(constant 'EV_READ 0x02 'EV_WRITE 0x04 'EV_PERSIST 0x10)
(constant 'CHUNK 65536)

(define urls)
(define folder)
(define base (event_base_new))
(define failures 0)

; of each transfer, by the number of its socket
(constant 'SOCKETS 8192)
(define url-of (array SOCKETS))
(define event-of (array SOCKETS))
(define request-of (array SOCKETS))
(define file-of (array SOCKETS)) ; nil before the head of the answer
(define rest-of (array SOCKETS)) ; bytes still to come

(define (watch socket what on-ready)
  (setf (event-of socket) (event_new base socket what on-ready 0))
  (event_add (event-of socket) 0))

(define (fail url reason)
  (inc failures)
  (write-line 2 (string url ": " reason))
  (fetch-next))

(define (fetch-next)
  (when urls (fetch (pop urls))))

(define (fetch url)
  (if (regex {^http://([^/:]+):?(\d*)(/.*)$} url)
    (letn (host $1 port (if (= $2 "") 80 (int $2)) path $3 socket (net-connect host port))
      (if socket
        (begin
          (setf (url-of socket) url)
          (setf (request-of socket) (string "GET " path " HTTP/1.0\r\nHost: " host "\r\n\r\n"))
          (watch socket EV_WRITE on-writable))
        (fail url (last (net-error)))))
    (fail url "is not plain HTTP")))

(define (writable socket what)
  (event_free (event-of socket))
  (net-send socket (request-of socket))
  (watch socket (| EV_READ EV_PERSIST) on-readable))

(define (readable socket what)
  (if (net-receive socket chunk CHUNK)
    (if (file-of socket)
      (keep socket chunk)
      (begin-file socket chunk))
    (done socket))) ; newLISP has closed the socket

(define (begin-file socket answer)
  (let (end (find "\r\n\r\n" answer))
    (when (and end (regex {^HTTP/1\.[01] 200 (?s:.*)\r\nContent-Length: (\d+)\r\n} (slice answer 0 (+ end 2))))
      (setf (rest-of socket) (int $1))
      (setf (file-of socket) (open (append folder "/" (last (parse (url-of socket) "/"))) "write"))
      (keep socket (slice answer (+ end 4))))))

(define (keep socket data)
  (write (file-of socket) data)
  (dec (rest-of socket) (length data)))

(define (done socket)
  (event_free (event-of socket))
  (when (file-of socket) (close (file-of socket)))
  (let (complete (and (file-of socket) (= 0 (rest-of socket))))
    (setf (file-of socket) nil)
    (if complete
      (fetch-next)
      (fail (url-of socket) "no whole file came"))))

(define on-writable (callback 'writable "void" "int" "short int" "void*"))
(define on-readable (callback 'readable "void" "int" "short int" "void*"))

(define (main list-file into at-once)
  (set 'urls (parse (trim (read-file list-file)) "\n"))
  (set 'folder into)
  (dotimes (i (int at-once)) (fetch-next))
  (event_base_dispatch base)
  (exit (if (= failures 0) 0 1)))

(apply main (slice (main-args) 2))
