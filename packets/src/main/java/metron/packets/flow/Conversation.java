package metron.packets.flow;

/// What another part keeps with a flow for as long as it is open, such as its reassembled streams.
public interface Conversation {
  /// The flow is over; its fields may still be read, and not afterwards.
  void flowEnded(Flow flow, FlowEnd why);
}
