/// The server as its clients see it: started once, asked over HTTP, with stores in memory behind it.
package metron.server;
